using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Benchmarks;

/// <summary>What the generator costs: once cold, and then at each keystroke.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class GeneratorBenchmarks
{
    private GeneratorProject _project = null!;
    private GeneratorDriver _warm = null!;
    private CSharpCompilation[] _otherFile = null!;
    private CSharpCompilation[] _sameFile = null!;
    private CSharpCompilation[] _network = null!;
    private GeneratorDriver _lookUp = null!;
    private int _edit;

    /// <summary>The projects that are measured: many networks, and long ones.</summary>
    public static IEnumerable<object> Shapes =>
        [new Shape(1, 5), new Shape(10, 5), new Shape(100, 5), new Shape(1000, 5), new Shape(1, 2), new Shape(1, 20), new Shape(1, 200)];

    [ParamsSource(nameof(Shapes))]
    public Shape Project { get; set; } = new(1, 5);

    [GlobalSetup]
    public void Setup()
    {
        _project = new GeneratorProject(Project.Networks, Project.Layers);
        _warm = GeneratorProject.CreateDriver().RunGenerators(_project.Compilation);
        _lookUp = GeneratorProject.CreateDriver(new AttributeLookUp()).RunGenerators(_project.Compilation);
        _otherFile = [_project.EditOtherFile(1), _project.EditOtherFile(2)];
        _sameFile = [_project.EditSameFile(1), _project.EditSameFile(2)];
        _network = [_project.EditNetwork(1), _project.EditNetwork(2)];
    }

    [Benchmark]
    public GeneratorDriver Cold() => GeneratorProject.CreateDriver().RunGenerators(_project.Compilation.Clone());

    [Benchmark]
    public GeneratorDriver EditInAnotherFile() => Next(_otherFile);

    /// <summary>The part of it that is the compiler's own.</summary>
    [Benchmark]
    public GeneratorDriver LookUpOfAttributesAlone() => _lookUp = _lookUp.RunGenerators(NextEdit(_otherFile));

    [Benchmark]
    public GeneratorDriver EditElsewhereInTheFile() => Next(_sameFile);

    [Benchmark]
    public GeneratorDriver EditOfALayer() => Next(_network);

    private GeneratorDriver Next(CSharpCompilation[] edits) => _warm = _warm.RunGenerators(NextEdit(edits));

    /// <summary>
    /// One keystroke after another: the driver goes on from where the last one left it, and the compilation knows its syntax but, as
    /// after every keystroke, none of its symbols.
    /// </summary>
    private CSharpCompilation NextEdit(CSharpCompilation[] edits) => edits[_edit++ % edits.Length].Clone();

    /// <summary>The size of a project.</summary>
    /// <param name="Networks">How many networks it has.</param>
    /// <param name="Layers">How many layers each has.</param>
    public sealed record Shape(int Networks, int Layers)
    {
        public override string ToString() => $"{Networks} × {Layers} layers";
    }
}
