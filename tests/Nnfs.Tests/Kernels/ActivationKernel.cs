using System.Linq.Expressions;
using System.Reflection;

namespace Nnfs.Tests.Kernels;

/// <summary>Kernels that compute an activation with what else they do, for any activation of the catalogue.</summary>
internal static class ActivationKernel
{
    /// <summary>A kernel compiled for these types, which takes these activations.</summary>
    /// <param name="kernel">The class of the kernel.</param>
    /// <param name="method">Its method, whose parameters are those of <typeparamref name="TDelegate"/> and the activations.</param>
    /// <param name="types">The types that it is generic over, without those of the activations, which come last.</param>
    /// <param name="activations">The activations, in the order of the parameters.</param>
    public static TDelegate Bind<TDelegate>(Type kernel, string method, Type[] types, params ValueType[] activations)
        where TDelegate : Delegate
    {
        Type[] arguments = [.. types, .. activations.Select(static activation => activation.GetType())];
        ParameterExpression[] parameters =
            [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(static parameter => Expression.Parameter(parameter.ParameterType))];
        MethodInfo bound = kernel.GetMethods()
            .Where(candidate => candidate.Name == method && candidate.GetGenericArguments().Length == arguments.Length)
            .Select(candidate => candidate.MakeGenericMethod(arguments))
            .Single(candidate => candidate.GetParameters()
                .Select(static parameter => parameter.ParameterType)
                .Where(static type => !typeof(Nnfs.Kernels.IActivation).IsAssignableFrom(type))
                .SequenceEqual(parameters.Select(static parameter => parameter.Type)));

        Queue<Expression> numbers = new(parameters);
        Queue<Expression> functions = new(activations.Select(static activation => Expression.Constant(activation)));
        Expression[] values =
        [
            .. bound.GetParameters().Select(parameter =>
                (typeof(Nnfs.Kernels.IActivation).IsAssignableFrom(parameter.ParameterType) ? functions : numbers).Dequeue()),
        ];

        return Expression.Lambda<TDelegate>(Expression.Call(bound, values), parameters).Compile();
    }

    /// <summary>A kernel compiled for these sizes, which takes these activations.</summary>
    public static TDelegate Bind<TDelegate>(Type kernel, string method, int[] sizes, params ValueType[] activations)
        where TDelegate : Delegate =>
        Bind<TDelegate>(kernel, method, [.. sizes.Select(BinaryDimension.Of)], activations);
}
