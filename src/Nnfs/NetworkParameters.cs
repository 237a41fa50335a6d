using System.Numerics.Tensors;
using Nnfs.Files;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>
/// A network's parameters as numbers: copied, blended, set, and enumerated tensor by tensor, for evolution, target networks and averages of networks.
/// </summary>
/// <remarks>
/// The packed form has one float for each weight and bias, layer by layer, each tensor row-major in its shape, without padding: as many as the network's
/// <c>ParameterCount</c>. The running averages of batch normalisations are not in it. <c>Clone</c>, <c>CopyFrom</c>, <c>CopyTo</c> and <c>Lerp</c> take them
/// along, and how a network scales its samples. A member of your own network with one of these names goes before the method here.
/// </remarks>
public static class NetworkParameters
{
    /// <param name="network">The network.</param>
    extension<TSelf>(TSelf network)
        where TSelf : INetworkModel<TSelf>
    {
        /// <summary>
        /// The tensors of the network, layer by layer: views of <see cref="INetworkModel{TSelf}.Parameters"/>, which write to it. Those that training does
        /// not learn, running averages, are among them. Nothing is allocated.
        /// </summary>
        public ParameterTensors Tensors
        {
            get
            {
                ArgumentNullException.ThrowIfNull(network);

                return new ParameterTensors(network.Parameters, NetworkTensors<TSelf>.All);
            }
        }

        /// <summary>A new network with the same parameters and running averages. Fields of your own are not copied.</summary>
        public TSelf Clone()
        {
            ArgumentNullException.ThrowIfNull(network);

            TSelf clone = TSelf.CreateUninitialized();
            clone.CopyFrom(network);

            return clone;
        }

        /// <summary>Takes over the parameters and running averages of another network. Nothing is allocated.</summary>
        /// <param name="other">The network that is copied; it stays as it is.</param>
        public void CopyFrom(TSelf other)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(other);

            other.Parameters.CopyTo(network.Parameters);
            CopyScaling(other, network);
        }

        /// <summary>Gives another network the parameters and running averages of this one. Nothing is allocated.</summary>
        /// <param name="other">The network that is overwritten.</param>
        public void CopyTo(TSelf other)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(other);

            network.Parameters.CopyTo(other.Parameters);
            CopyScaling(network, other);
        }

        /// <summary>
        /// Moves the parameters and running averages towards those of another network: <c>w ← (1 − amount) · w + amount · w'</c>. With 0 they stay as they
        /// are, with 1 they become those of the other, bit for bit. Nothing is allocated.
        /// </summary>
        /// <param name="other">The network that they move towards; it stays as it is.</param>
        /// <param name="amount">How far they move, from 0 to 1.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not a number from 0 to 1. Nothing is changed.</exception>
        public void Lerp(TSelf other, float amount)
        {
            ArgumentNullException.ThrowIfNull(network);
            ArgumentNullException.ThrowIfNull(other);

            if (!(amount is >= 0f and <= 1f))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(amount), amount, FormattableString.Invariant($"Expected an amount from 0 to 1, but it is {amount}."));
            }

            // The ends are exact even where a number of the other network is infinite or not a number.
            if (amount == 1f)
            {
                network.CopyFrom(other);
            }
            else if (amount > 0f)
            {
                TensorPrimitives.Lerp<float>(network.Parameters, other.Parameters, amount, network.Parameters);
            }
        }

        /// <summary>Moves the parameters and running averages towards those of another network by an amount that is rounded to a float.</summary>
        /// <param name="other">The network that they move towards; it stays as it is.</param>
        /// <param name="amount">How far they move, from 0 to 1.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not a number from 0 to 1. Nothing is changed.</exception>
        public void Lerp(TSelf other, double amount) => network.Lerp(other, (float)amount);

        /// <summary>Copies the weights and biases out, in the packed form. Nothing is allocated.</summary>
        /// <param name="packed">Takes as many floats as the network's <c>ParameterCount</c>.</param>
        /// <exception cref="ArgumentException">
        /// <paramref name="packed"/> has another length, or is a part of the network's parameters. Nothing is written.
        /// </exception>
        public void CopyParametersTo(Span<float> packed)
        {
            ArgumentNullException.ThrowIfNull(network);
            CheckPacked<TSelf>(packed, network.Parameters);

            foreach (TensorInfo tensor in NetworkTensors<TSelf>.All.AsSpan())
            {
                if (tensor.IsTrained)
                {
                    tensor.Pack(network.Parameters, packed[..(int)tensor.Count]);
                    packed = packed[(int)tensor.Count..];
                }
            }
        }

        /// <summary>Replaces the weights and biases by those of the packed form. Running averages stay as they are. Nothing is allocated.</summary>
        /// <param name="packed">As many floats as the network's <c>ParameterCount</c>.</param>
        /// <exception cref="ArgumentException">
        /// <paramref name="packed"/> has another length, or is a part of the network's parameters. Nothing is changed.
        /// </exception>
        public void SetParameters(ReadOnlySpan<float> packed)
        {
            ArgumentNullException.ThrowIfNull(network);
            CheckPacked<TSelf>(packed, network.Parameters);

            foreach (TensorInfo tensor in NetworkTensors<TSelf>.All.AsSpan())
            {
                if (tensor.IsTrained)
                {
                    tensor.Unpack(packed[..(int)tensor.Count], network.Parameters);
                    packed = packed[(int)tensor.Count..];
                }
            }
        }
    }

    /// <summary>The scaling of samples belongs to the parameters that were trained with it.</summary>
    private static void CopyScaling(object source, object destination)
    {
        if (source is ISampleNetwork samples)
        {
            NetworkScaling.Set(destination, samples.Scaling);
        }
    }

    private static void CheckPacked<TSelf>(ReadOnlySpan<float> packed, ReadOnlySpan<float> parameters)
        where TSelf : INetworkModel<TSelf>
    {
        if (packed.Length != TSelf.ParameterCount)
        {
            throw new ArgumentException(
                $"Expected {TSelf.ParameterCount} floats, one for each weight and bias of '{TSelf.Name}', but there are {packed.Length}.", nameof(packed));
        }

        if (packed.Overlaps(parameters))
        {
            throw new ArgumentException("Expected other memory than the network's own parameters, which lie in another order.", nameof(packed));
        }
    }
}
