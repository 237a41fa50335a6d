using System.IO.Compression;
using Nnfs.Files;
using Nnfs.Files.Mapping;
using Nnfs.Files.Npy;
using Nnfs.Files.Onnx;
using Nnfs.Files.Safetensors;
using Nnfs.Samples;
using Nnfs.Training.Checkpoints;

namespace Nnfs;

/// <summary>Saving a network to a file, loading it again, and exporting it to other programs.</summary>
/// <remarks>
/// Saved files are safetensors: every tensor by its name (<c>dense1.weights</c> [inputs, neurons], <c>dense1.biases</c> [neurons]) as
/// little-endian 32-bit floats in row-major order, with the network's name and the table of its layers as metadata, and for a network over samples of a
/// type of your own how these are scaled: features, classes and numbers are compared when it is loaded. A file without them gives a network that does not
/// know how. Code that is generic over networks calls <c>NetworkFiles.Load&lt;TSelf&gt;(path)</c>.
/// </remarks>
public static class NetworkFiles
{
    private static readonly LoadOptions s_default = new();
    private static readonly OnnxOptions s_onnx = new();

    /// <param name="network">The network.</param>
    extension<TSelf>(TSelf network)
        where TSelf : INetworkModel<TSelf>
    {
        /// <summary>
        /// Saves the network's parameters. The file at <paramref name="path"/> is replaced at the end, once all is written and flushed to the
        /// disk: it is never half a network.
        /// </summary>
        /// <param name="path">The file, usually <c>*.safetensors</c>.</param>
        /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
        public void Save(string path) => AtomicFile.Write(path, stream => network.Save(stream));

        /// <summary>Saves the network's parameters.</summary>
        /// <param name="stream">Takes the file's bytes; it stays open, and may take those of other networks after them.</param>
        /// <exception cref="IOException">The stream cannot be written.</exception>
        public void Save(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);

            SafetensorsWriter.WriteHeader(stream, NetworkTensors<TSelf>.Descriptions, NetworkTensors<TSelf>.MetadataOf(network));
            NetworkTensors<TSelf>.Write(stream, network.Parameters);
        }

        /// <summary>Makes a network with the parameters of a file.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The network.</returns>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static TSelf Load(string path) => Load<TSelf>(path, s_default);

        /// <summary>Makes a network with the parameters of a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">What the file is compared with.</param>
        /// <returns>The network.</returns>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them
        /// and are not to be ignored.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static TSelf Load(string path, LoadOptions options)
        {
            using FileStream stream = Open(path);

            return Make<TSelf>(stream, options, StreamEnd.Here);
        }

        /// <summary>Makes a network with the parameters of a file.</summary>
        /// <param name="stream">
        /// The file's bytes, to the stream's end or to the next safetensors file: several files in a stream that can seek are read in turn, one by each call.
        /// It need not be seekable, and stays open.
        /// </param>
        /// <returns>The network.</returns>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        public static TSelf Load(Stream stream) => Load<TSelf>(stream, s_default);

        /// <summary>Makes a network with the parameters of a file.</summary>
        /// <param name="stream">
        /// The file's bytes, to the stream's end or to the next safetensors file: several files in a stream that can seek are read in turn, one by each call.
        /// It need not be seekable, and stays open.
        /// </param>
        /// <param name="options">What the file is compared with.</param>
        /// <returns>The network.</returns>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them
        /// and are not to be ignored.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        public static TSelf Load(Stream stream, LoadOptions options)
        {
            return Make<TSelf>(stream, options, StreamEnd.HereOrNextFile);
        }

        /// <summary>Replaces the network's parameters by those of a file. If that fails, the network stays as it is.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public void LoadParameters(string path) => network.LoadParameters(path, s_default);

        /// <summary>Replaces the network's parameters by those of a file. If that fails, the network stays as it is.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">What the file is compared with.</param>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them
        /// and are not to be ignored.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public void LoadParameters(string path, LoadOptions options)
        {
            using FileStream stream = Open(path);

            Read(network, stream, options, StreamEnd.Here);
        }

        /// <summary>Replaces the network's parameters by those of a file. If that fails, the network stays as it is.</summary>
        /// <param name="stream">
        /// The file's bytes, to the stream's end or to the next safetensors file: several files in a stream that can seek are read in turn, one by each call.
        /// It need not be seekable, and stays open.
        /// </param>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        public void LoadParameters(Stream stream) => network.LoadParameters(stream, s_default);

        /// <summary>Replaces the network's parameters by those of a file. If that fails, the network stays as it is.</summary>
        /// <param name="stream">
        /// The file's bytes, to the stream's end or to the next safetensors file: several files in a stream that can seek are read in turn, one by each call.
        /// It need not be seekable, and stays open.
        /// </param>
        /// <param name="options">What the file is compared with.</param>
        /// <exception cref="SafetensorsException">
        /// The file is not a valid safetensors file, its tensors are not exactly those of this network, or its layers would predict something else with them
        /// and are not to be ignored.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        public void LoadParameters(Stream stream, LoadOptions options) => Read(network, stream, options, StreamEnd.HereOrNextFile);

        /// <summary>
        /// Replaces the network's parameters by those of a file of another program. Names and layouts are those of <paramref name="map"/>. If that fails, the
        /// network stays as it is.
        /// </summary>
        /// <param name="path">A safetensors file or a NumPy archive (.npz).</param>
        /// <param name="map">Where the tensors are found.</param>
        /// <exception cref="TensorMapException">The file has other tensors than the map leads to. The message has a line for each difference.</exception>
        /// <exception cref="SafetensorsException">The file is no valid safetensors file.</exception>
        /// <exception cref="NumpyException">The file is no valid NumPy archive.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public void LoadParameters(string path, TensorMap map)
        {
            using FileStream stream = Open(path);

            network.LoadParameters(stream, map);
        }

        /// <summary>
        /// Replaces the network's parameters by those of a file of another program. Names and layouts are those of <paramref name="map"/>. If that fails, the
        /// network stays as it is.
        /// </summary>
        /// <param name="stream">The bytes of a safetensors file or a NumPy archive (.npz), to the stream's end. It stays open.</param>
        /// <param name="map">Where the tensors are found.</param>
        /// <exception cref="TensorMapException">The file has other tensors than the map leads to. The message has a line for each difference.</exception>
        /// <exception cref="SafetensorsException">The file is no valid safetensors file.</exception>
        /// <exception cref="NumpyException">The file is no valid NumPy archive.</exception>
        /// <exception cref="IOException">The stream cannot be read.</exception>
        public void LoadParameters(Stream stream, TensorMap map)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(map);

            using IWeightsFile file = WeightsFile.Open(stream);
            IReadOnlyList<(TensorInfo Tensor, float[] Values)> tensors = TensorMapping.Read(TSelf.Layers, TSelf.Name, file, map);

            foreach ((TensorInfo tensor, float[] values) in tensors)
            {
                tensor.Unpack(values, network.Parameters);
            }
        }

        /// <summary>
        /// Saves the network's parameters as a NumPy archive, which <c>numpy.load</c> reads: every tensor by its name (<c>dense1.weights</c>). The file is
        /// replaced at the end, once all is written. <c>LoadParameters(path, new TensorMap())</c> reads it. How a network scales samples of a type of your own
        /// is not in it, and loading it leaves that as it is.
        /// </summary>
        /// <param name="path">The file, usually <c>*.npz</c>.</param>
        /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
        public void SaveNpz(string path) => AtomicFile.Write(path, stream => network.SaveNpz(stream));

        /// <summary>
        /// Saves the network's parameters as a NumPy archive, which <c>numpy.load</c> reads: every tensor by its name (<c>dense1.weights</c>).
        /// </summary>
        /// <param name="stream">Takes the file's bytes; it stays open.</param>
        /// <exception cref="IOException">The stream cannot be written.</exception>
        public void SaveNpz(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

            foreach (TensorInfo tensor in NetworkTensors<TSelf>.All)
            {
                NpzWriter.Add(archive, tensor.Name, entry =>
                {
                    entry.Write(NpyHeader.Write(tensor.Shape));
                    TensorBytes.Write(entry, tensor.In((ReadOnlySpan<float>)network.Parameters));
                });
            }
        }

        /// <summary>
        /// Writes the network as an ONNX model, which ONNX Runtime and other programs run. It computes what <c>Predict</c> does, for any number of
        /// samples: probabilities for a loss that applies the softmax or sigmoid itself, and what the loss compares for any other. Each input and
        /// output, [batch, …] in the shape of a sample, has the name of its <see cref="InputAttribute"/> or <see cref="OutputAttribute"/>, and without one
        /// the name "inputs" or "outputs". The file is replaced at the end, once all is written.
        /// </summary>
        /// <param name="path">The file, usually <c>*.onnx</c>.</param>
        /// <exception cref="InvalidOperationException">The parameters are 2 GB or more, which is more than one ONNX file can hold.</exception>
        /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
        public void ExportOnnx(string path) => network.ExportOnnx(path, s_onnx);

        /// <summary>
        /// Writes the network as an ONNX model, as the options say, with or without the scaling of its samples. The file is replaced at the end, once all is
        /// written.
        /// </summary>
        /// <param name="path">The file, usually <c>*.onnx</c>.</param>
        /// <param name="options">What the model is made of.</param>
        /// <exception cref="InvalidOperationException">
        /// The parameters are 2 GB or more, which is more than one ONNX file can hold, or the options ask for a scaling that it does not have.
        /// </exception>
        /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
        public void ExportOnnx(string path, OnnxOptions options) => AtomicFile.Write(path, stream => network.ExportOnnx(stream, options));

        /// <summary>
        /// Writes the network as an ONNX model, which ONNX Runtime and other programs run. It computes what <c>Predict</c> does, for any number of
        /// samples: probabilities for a loss that applies the softmax or sigmoid itself, and what the loss compares for any other. Each input and
        /// output, [batch, …] in the shape of a sample, has the name of its <see cref="InputAttribute"/> or <see cref="OutputAttribute"/>, and without one
        /// the name "inputs" or "outputs".
        /// </summary>
        /// <param name="stream">Takes the file's bytes; it stays open.</param>
        /// <exception cref="InvalidOperationException">
        /// The parameters are 2 GB or more, which is more than one ONNX file can hold. Nothing is written.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be written.</exception>
        public void ExportOnnx(Stream stream) => network.ExportOnnx(stream, s_onnx);

        /// <summary>Writes the network as an ONNX model, as the options say, with or without the scaling of its samples.</summary>
        /// <param name="stream">Takes the file's bytes; it stays open.</param>
        /// <param name="options">What the model is made of.</param>
        /// <exception cref="InvalidOperationException">
        /// The parameters are 2 GB or more, which is more than one ONNX file can hold, or the options ask for a scaling that it does not have. Nothing is
        /// written.
        /// </exception>
        /// <exception cref="IOException">The stream cannot be written.</exception>
        public void ExportOnnx(Stream stream, OnnxOptions options)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(options);

            SampleScaling? scaling = (network as ISampleNetwork)?.Scaling;

            if (options.IncludesScaling && scaling is null)
            {
                throw new InvalidOperationException(
                    $"The options ask for the scaling of samples, but '{TSelf.Name}' has none: it was neither trained on samples of a type nor loaded.");
            }

            ProtobufMessage model = OnnxModel.Of(network, options.IncludesScaling ? scaling : null);

            if (model.Length > int.MaxValue)
            {
                throw new InvalidOperationException($"The ONNX model would have {model.Length} bytes, but the format allows at most {int.MaxValue}.");
            }

            model.WriteTo(stream);
        }
    }

    /// <summary>Opens a file to be read in large pieces.</summary>
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static TSelf Make<TSelf>(Stream stream, LoadOptions options, StreamEnd end)
        where TSelf : INetworkModel<TSelf>
    {
        (SafetensorsHeader header, end) = ReadHeader<TSelf>(stream, options, end);
        SafetensorsFile file = header.ReadData(stream, end);
        TSelf loaded = TSelf.CreateUninitialized();

        // A file of other samples is refused before the network is handed out.
        SampleScaling? scaling = NetworkScaling.Read(loaded, header);
        NetworkTensors<TSelf>.Copy(file, prefix: "", loaded.Parameters);
        NetworkScaling.Set(loaded, scaling);

        return loaded;
    }

    /// <summary>Replaces the parameters of a network, and how it scales its samples, by those of a file; if that fails, nothing is changed.</summary>
    private static void Read<TSelf>(TSelf network, Stream stream, LoadOptions options, StreamEnd end)
        where TSelf : INetworkModel<TSelf>
    {
        (SafetensorsHeader header, end) = ReadHeader<TSelf>(stream, options, end);
        SampleScaling? scaling = NetworkScaling.Read(network, header);
        SafetensorsFile file = header.ReadData(stream, end);

        NetworkTensors<TSelf>.Copy(file, prefix: "", network.Parameters);
        NetworkScaling.Set(network, scaling);
    }

    private static (SafetensorsHeader Header, StreamEnd End) ReadHeader<TSelf>(Stream stream, LoadOptions options, StreamEnd end)
        where TSelf : INetworkModel<TSelf>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);

        end = options.LeavesRest ? StreamEnd.Anywhere : end;
        SafetensorsHeader header = SafetensorsHeader.Read(stream, end);

        if (header.Count != NetworkTensors<TSelf>.All.Length && header.Metadata(CheckpointFormat.VersionName) is not null)
        {
            throw new SafetensorsException("The file is the checkpoint of a training. LoadCheckpoint makes a network of it, and Resume goes on with it.");
        }

        header.Require(NetworkTensors<TSelf>.Descriptions);

        if (!options.IgnoreLayers)
        {
            NetworkTensors<TSelf>.RequireSamePredictions(header);
        }

        return (header, end);
    }
}
