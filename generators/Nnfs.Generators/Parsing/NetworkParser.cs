using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Turns an annotated class into a <see cref="NetworkSpec"/>: reads what is declared, lets shapes flow through it, and has the plans made.
/// No symbol and no syntax gets further than this. It is total: half-typed code gives problems, never an exception.
/// </summary>
internal static class NetworkParser
{
    /// <summary>Collection expressions, which generated code has in many places, came with it.</summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp12;

    /// <summary>
    /// Reads a class with <c>[Network]</c>. Problems go to <paramref name="report"/>. The result is <see langword="null"/> where nothing
    /// can be written into the class; where its layers have errors there is a spec, so that its members exist and the rest of the
    /// user's code still compiles.
    /// </summary>
    public static NetworkSpec? Parse(INamedTypeSymbol type, Action<Diagnostic>? report, CancellationToken cancellationToken)
    {
        AttributeData? network = type.GetAttributes().FirstOrDefault(static attribute => attribute.IsNetwork());

        // What has no name yet is still being typed, which the compiler says.
        if (network is null || type.TypeKind != TypeKind.Class || !HasNames(type))
        {
            return null;
        }

        ProblemReporter problems = new(report);

        LanguageVersion language = LanguageOf(type, cancellationToken);

        if (language < OldestLanguage)
        {
            problems.Report(
                DiagnosticDescriptors.OldLanguage,
                IdentifierOf(type, network, cancellationToken),
                type.Name,
                Version(OldestLanguage),
                Version(language));

            return null;
        }

        bool canBeWritten = CheckClass(type, network, problems, cancellationToken);
        GeneratedArguments.Note(type, problems, cancellationToken);
        NetworkSample? sampleType = NetworkSampleReader.Read(type, network, problems, cancellationToken);
        IReadOnlyList<LayerDeclaration> layers = LayerReader.Read(type, problems, cancellationToken, sampleType?.Embedded ?? default);
        NetworkSampleReader? samples = NetworkSampleReader.Of(sampleType, network, layers, problems, cancellationToken);
        Shape? shape = samples is null ? ReadInputShape(network, type, layers, problems, cancellationToken)
            : samples.Sample is { FeatureCount: > 0 } sample ? Shape.Of(sample.FeatureCount)
            : null;
        Choices.Check(network, type.Name, problems, cancellationToken);
        CheckDeclarations(type, layers, problems, cancellationToken);
        ShapeInference shapes = ShapeInference.Run(network, shape, samples, layers, problems, cancellationToken);

        if (layers.All(static layer => layer.IsPort || layer.IsImplied))
        {
            problems.Report(DiagnosticDescriptors.NoLayers, IdentifierOf(type, network, cancellationToken), type.Name);
        }

        string windows = UnusedNames.WindowsType(type, shapes);

        NetworkSpec spec = new(
            Namespace: NamespaceOf(type, static name => name.EscapeIdentifier()),
            ContainingTypes: new EquatableArray<string>(ContainingDeclarations(type)),
            Name: type.Name.EscapeType(),
            MetadataName: MetadataNameOf(type),
            Inputs: new EquatableArray<InputSpec>(shapes.Inputs),
            Stages: new([.. shapes.Parameters.Stages.Select(stage =>
                stage.Window is null ? stage : stage with { WindowName = $"{windows}.{stage.Name.EscapeIdentifier()}" })]),
            Outputs: new EquatableArray<OutputSpec>(shapes.Outputs),
            ParameterCount: shapes.Parameters.Count,
            ParameterLength: shapes.Parameters.Length,
            Plan: shapes.Plan,
            PredictRows: shapes.PredictRows,
            ParametersField: MemberConflicts.UnusedName(type, "_parameters"),
            DimensionPrefix: UnusedNames.DimensionPrefix(type, shapes),
            WritesSeedConstructor: ConstructorFrom(type, IsInt32) is null,
            WritesRandomConstructor: ConstructorFrom(type, IsNumpyRandom) is null,
            SeedConstructorChains: !ChainsToSeed(ConstructorFrom(type, IsNumpyRandom), cancellationToken),
            Conflicts: default,
            HasErrors: false)
        {
            HidesNameOf = HidesNameOf(type),
            Sample = shapes.Inputs.Length == 1 && shapes.Outputs.Length == 1 ? samples?.Sample : null,
            ScalingField = MemberConflicts.UnusedName(type, "_scaling"),
            Pretrained = PretrainedWeights.Read(type, layers, shapes.Parameters.Stages),
            IsClsCompliant = IsClsCompliant(type),
            StatesEmptyLists = language < LanguageVersion.CSharp13,
            WindowsType = windows,
            TensorSuffix = UnusedNames.TensorSuffix(type, shapes),
        };

        if (canBeWritten)
        {
            // Whether it has streams, and so their members, follows from its plans.
            spec = spec with { HasErrors = problems.HasErrors };
            spec = spec with { Plans = Plans.Of(spec) };
        }

        ImmutableArray<MemberConflict> conflicts = MemberConflicts.Find(type, network, spec, problems, cancellationToken);

        if (!canBeWritten)
        {
            return null;
        }

        // A network with an error has other plans than one without.
        Plans plans = spec.HasErrors == problems.HasErrors ? spec.Plans : Plans.Of(spec with { HasErrors = problems.HasErrors });

        return spec with
        {
            Conflicts = new EquatableArray<MemberConflict>(conflicts),
            HasErrors = problems.HasErrors,
            Errors = problems.Errors,
            Plans = plans,
        };
    }

    /// <summary>Reports a class that has layers, the first of them <paramref name="orphan"/>, but no <c>[Network]</c>.</summary>
    public static void ReportOrphan(INamedTypeSymbol type, AttributeData orphan, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        ProblemReporter problems = new(report);
        IReadOnlyList<LayerDeclaration> layers = LayerReader.Read(type, new ProblemReporter(report: null), cancellationToken);
        ImmutableDictionary<string, string?> properties = layers.Count > 0
            && layers[0].Size(KnownNames.InputsParameter) is { } inputs and > 0
            && layers.All(static layer => layer.Kind != DeclarationKind.Input)
            ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.ArrivingInputs, $"{inputs}")
            : ImmutableDictionary<string, string?>.Empty;

        problems.Report(DiagnosticDescriptors.LayersWithoutNetwork, orphan.Location(cancellationToken), additional: null, properties, type.Name);
    }

    /// <summary>
    /// Reports a type that is not partial although a network is in it. The types around a network are looked at in their own turn,
    /// so that each is reported once, at its place.
    /// </summary>
    public static void ReportContainer(INamedTypeSymbol type, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (NestedNetwork(type) is { } network)
        {
            ReportNotPartial(type, network, new ProblemReporter(report), cancellationToken);
        }
    }

    private static bool HidesNameOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.FindMember(GeneratedMembers.NameOf) is not null)
            {
                return true;
            }
        }

        for (INamespaceSymbol? space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (space.GetMembers(GeneratedMembers.NameOf).Any())
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsClsCompliant(INamedTypeSymbol type) => type.ContainingAssembly.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: KnownNames.ClsCompliant, ConstructorArguments: [{ Value: true }] });

    /// <summary>A version as people write it: 12, and not 12.0.</summary>
    public static string Version(LanguageVersion language) => language.ToDisplayString().Replace(".0", "");

    public static bool HasNames(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.Name.Length == 0 || current.TypeParameters.Any(static parameter => parameter.Name.Length == 0))
            {
                return false;
            }
        }

        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The version of C# that a class is written in; none that counts for one of another assembly, which has compiled.</summary>
    public static LanguageVersion LanguageOf(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.Declarations(cancellationToken).FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions options
            ? options.LanguageVersion
            : LanguageVersion.Latest;

    private static bool CheckClass(INamedTypeSymbol type, AttributeData network, ProblemReporter problems, CancellationToken cancellationToken)
    {
        bool isPartial = true;

        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            isPartial &= NotPartialDeclaration(current, cancellationToken) is null;
        }

        ReportNotPartial(type, type, problems, cancellationToken);

        string[] modifiers = [.. new[]
        {
            type.IsStatic ? "is static" : null,
            type.IsRecord ? "is a record" : null,
            type.IsAbstract && !type.IsStatic ? "is abstract" : null,
            type.Arity > 0 ? "is generic" : null,
            IsFileLocal(type) ? "is local to its file" : null,
        }.OfType<string>()];

        string? reason = type switch
        {
            _ when modifiers.Length > 0 => Wording.List(modifiers),
            _ when HasPrimaryConstructor(type, cancellationToken) => "has a primary constructor, which the generated constructors could not call",
            _ when GeneratedMembers.IsOfNetwork(type.Name) => "has the name of one of its generated members",
            _ when BaseNetworkOf(type) is { } ancestor => $"derives from the network '{ancestor.Name}'",
            _ when HidingType(type) is { } hiding => $"cannot reach the namespace '{hiding}', which a type of that name in the global namespace hides",
            _ => ConstructionFault(type),
        };

        if (reason is not null)
        {
            problems.Report(DiagnosticDescriptors.UnsupportedClass, IdentifierOf(type, network, cancellationToken), type.Name, reason);
        }

        return isPartial && reason is null;
    }

    private static void CheckDeclarations(
        INamedTypeSymbol type,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        List<SyntaxNode> declarations = layers
            .Where(static layer => layer.Kind != DeclarationKind.Unknown && !layer.IsImplied)
            .Select(layer => layer.Attribute.Syntax(cancellationToken)?.Parent?.Parent)
            .OfType<SyntaxNode>()
            .Distinct()
            .ToList();

        if (declarations.Count > 1 && declarations[1] is TypeDeclarationSyntax second && declarations[0] is TypeDeclarationSyntax first)
        {
            problems.Report(
                DiagnosticDescriptors.SeveralDeclarations, second.Identifier.GetLocation(), first.Identifier.GetLocation(), type.Name, declarations.Count);
        }
    }

    /// <summary>The shape that the network's attribute states, or none where inputs of their own state theirs.</summary>
    private static Shape? ReadInputShape(
        AttributeData network,
        INamedTypeSymbol type,
        IReadOnlyList<LayerDeclaration> layers,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        if (layers.FirstOrDefault(static layer => layer.Kind == DeclarationKind.Input) is not { } input)
        {
            return ShapeArgument.OfInput(network, KnownNames.InputShapeParameter, type.Name, problems, cancellationToken);
        }

        if (network.ConstructorArguments.Any(static argument => argument is { Kind: TypedConstantKind.Array, IsNull: false, Values.IsEmpty: false }))
        {
            problems.Report(
                DiagnosticDescriptors.IncompleteGraph,
                input.Attribute.Location(cancellationToken),
                network.Location(cancellationToken),
                input.Name,
                "cannot be combined with the shape of [Network], which declares the only input; remove that shape");
        }

        return null;
    }

    private static INamedTypeSymbol? NestedNetwork(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
        {
            if (nested.GetAttributes().Any(static attribute => attribute.IsNetwork()))
            {
                return nested;
            }

            if (NestedNetwork(nested) is { } network)
            {
                return network;
            }
        }

        return null;
    }

    private static void ReportNotPartial(INamedTypeSymbol type, INamedTypeSymbol network, ProblemReporter problems, CancellationToken cancellationToken)
    {
        if (NotPartialDeclaration(type, cancellationToken) is { } declaration)
        {
            problems.Report(DiagnosticDescriptors.NotPartial, declaration.Identifier.GetLocation(), type.Name, network.Name);
        }
    }

    public static TypeDeclarationSyntax? NotPartialDeclaration(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.Declarations(cancellationToken).FirstOrDefault(static declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static Location IdentifierOf(INamedTypeSymbol type, AttributeData network, CancellationToken cancellationToken) =>
        (network.Syntax(cancellationToken)?.Parent?.Parent as TypeDeclarationSyntax)?.Identifier.GetLocation() ?? type.Locations[0];

    /// <summary>The name of a namespace that generated code needs and that nothing can name, because of a type; <see langword="null"/> for none.</summary>
    public static string? HidingType(INamedTypeSymbol type) => new[] { KnownNames.SystemNamespace, KnownNames.Namespace }
        .FirstOrDefault(name => type.ContainingAssembly.GlobalNamespace.GetTypeMembers(name, arity: 0).Any(static hiding => !hiding.IsFileLocal));

    public static bool IsFileLocal(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.Declarations(cancellationToken).Any(static declaration => declaration.ParameterList is not null);

    private static INamedTypeSymbol? BaseNetworkOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.GetAttributes().Any(static attribute => attribute.IsNetwork()))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Why the generated constructor could not construct the class; nothing where the user wrote that constructor.</summary>
    private static string? ConstructionFault(INamedTypeSymbol type)
    {
        IMethodSymbol? own = ConstructorFrom(type, IsNumpyRandom);

        if (own is null && type.BaseType is { TypeKind: TypeKind.Class } baseType && !baseType.InstanceConstructors.Any(static constructor =>
            constructor.DeclaredAccessibility != Accessibility.Private
            && constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)))
        {
            return $"derives from '{baseType.Name}', which has no constructor without parameters";
        }

        bool setsAll = own is not null && own.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == KnownNames.SetsRequiredMembers);

        for (INamedTypeSymbol? current = type; current is not null && !setsAll; current = current.BaseType)
        {
            ISymbol? required = current.GetMembers()
                .FirstOrDefault(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

            if (required is not null)
            {
                return $"has the required member '{required.Name}', which generated code does not set";
            }
        }

        return null;
    }

    private static bool IsInt32(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Int32;

    private static bool IsNumpyRandom(IParameterSymbol parameter) =>
        parameter.Type is { Name: KnownNames.NumpyRandom, ContainingNamespace: { Name: KnownNames.Namespace, ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The constructor from one such parameter that the user wrote.</summary>
    private static IMethodSymbol? ConstructorFrom(INamedTypeSymbol type, Func<IParameterSymbol, bool> takes) =>
        type.InstanceConstructors.FirstOrDefault(constructor =>
            constructor.Parameters is [{ RefKind: RefKind.None } parameter] && takes(parameter) && !constructor.IsGenerated());

    /// <summary>Whether the user's constructor calls the one from a seed, as <c>this()</c> does; that one must not call it back.</summary>
    private static bool ChainsToSeed(IMethodSymbol? constructor, CancellationToken cancellationToken) =>
        constructor?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax
        {
            Initializer: { RawKind: (int)SyntaxKind.ThisConstructorInitializer, ArgumentList.Arguments: var arguments },
        }
        && (arguments.Count == 0 || (arguments.Count == 1 && arguments[0].Expression.IsKind(SyntaxKind.NumericLiteralExpression)));

    public static string NamespaceOf(INamedTypeSymbol type, Func<string, string> write)
    {
        Stack<string> names = new();

        for (INamespaceSymbol current = type.ContainingNamespace; !current.IsGlobalNamespace; current = current.ContainingNamespace)
        {
            names.Push(write(current.Name));
        }

        return string.Join(".", names);
    }

    /// <summary>The full name of a class by which a compilation finds it.</summary>
    public static string MetadataNameOf(INamedTypeSymbol type)
    {
        string name = type.MetadataName;

        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.MetadataName + "+" + name;
        }

        return type.ContainingNamespace.IsGlobalNamespace ? name : NamespaceOf(type, static part => part) + "." + name;
    }

    public static ImmutableArray<string> ContainingDeclarations(INamedTypeSymbol type)
    {
        Stack<string> declarations = new();

        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            string typeParameters = outer.Arity == 0
                ? ""
                : $"<{string.Join(", ", outer.TypeParameters.Select(static parameter => parameter.Name.EscapeType()))}>";

            declarations.Push($"partial {KeywordOf(outer)} {outer.Name.EscapeType()}{typeParameters}");
        }

        return declarations.ToImmutableArray();
    }

    /// <summary>The keywords that a type is declared with.</summary>
    public static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };
}
