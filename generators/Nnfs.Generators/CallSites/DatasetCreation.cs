using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>Reads the making of a data set as a call whose arguments must fit each other.</summary>
internal static class DatasetCreation
{
    /// <summary>What stands for the name of a method.</summary>
    public const string Method = WellKnownMemberNames.InstanceConstructorName;

    private const string Features = "features";
    private const string Labels = "labels";
    private const string Targets = "targets";
    private const string FeatureCount = "featureCount";
    private const string ClassCount = "classCount";
    private const string TargetCount = "targetCount";

    /// <summary>The parameters that take sizes.</summary>
    public static readonly string[] Counts = [FeatureCount, ClassCount, TargetCount];

    public static bool IsDataset(ITypeSymbol? type) => type is { Name: "Dataset" or "RegressionDataset" } && type.IsOfLibrary();

    /// <summary>The call; <see langword="null"/> where something else is made, and where none of its sizes is known.</summary>
    public static NetworkCall? Read(IObjectCreationOperation creation, ValueFlow flow)
    {
        if (!IsDataset(creation.Type) || creation.Constructor is not { Parameters.Length: 4 })
        {
            return null;
        }

        ImmutableArray<PortShape>.Builder parameters = ImmutableArray.CreateBuilder<PortShape>();

        if (Count(FeatureCount) is { } features)
        {
            parameters.Add(new PortShape(Features, features, ElementType.Float));
        }

        if (Count(TargetCount) is { } targets)
        {
            parameters.Add(new PortShape(Targets, targets, ElementType.Float));
        }

        if (creation.Type!.Name == "Dataset")
        {
            parameters.Add(new PortShape(Labels, 1, ElementType.Integer, Labels: Count(ClassCount) ?? 0));
        }

        string name = creation.Type.Name;
        NetworkShape shape = new(name, [], [], [], [], HasLoss: false, [], [], StreamObstacle: null, Declaration: null);

        return new NetworkCall(creation, creation.Arguments, name, Method, shape, parameters.ToImmutable());

        int? Count(string parameter)
        {
            IOperation? value = creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

            return flow.Integer(value) is > 0 and <= int.MaxValue and var count ? (int)count : null;
        }
    }
}
