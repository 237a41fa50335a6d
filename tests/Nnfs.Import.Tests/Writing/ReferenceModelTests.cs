using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;
using Nnfs.Import.Translating;
using Nnfs.Tool.Comparison;
using Nnfs.Tool.Compilation;

namespace Nnfs.Import.Tests.Writing;

/// <summary>Models as other tools write them, with the outputs that those tools gave.</summary>
public sealed class ReferenceModelTests
{
    [Theory]
    [MemberData(nameof(ReferenceModel.Files), MemberType = typeof(ReferenceModel))]
    public void Imported_models_give_the_outputs_of_the_tool_that_wrote_them(string file)
    {
        ReferenceModel reference = ReferenceModel.Of(file);
        ImportedNetwork imported = OnnxImport.Read(OnnxReader.Read(reference.Bytes), "Net");
        CompiledNetwork network = ImportCheck.Compiled(imported);

        // Images have their channels first in the model, and last in the network.
        float[] inputs = InNetwork(reference.Inputs, reference.InputShape, Assert.Single(imported.Inputs));
        float[] expected = InNetwork(reference.Outputs, reference.OutputShape, Assert.Single(imported.Outputs));
        Array values = imported.Inputs[0].AreIndices ? Array.ConvertAll(inputs, static index => (int)index) : inputs;
        float[] outputs = network.Predict([values], reference.InputShape[0])[0];
        double greatest = expected.Max(Math.Abs);

        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(outputs.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-5 * greatest));
    }

    [Fact]
    public void LeNet_becomes_attributes() => Assert.Equal(
        "[Network(28, 28, 1)] [Conv2D(6, 5)] [ReLU] [MaxPool2D(2)] [Conv2D(16, 5)] [ReLU] [MaxPool2D(2)] [Dense(120)] [ReLU] [Dense(84)] [ReLU] [Dense(10)]",
        Attributes("lenet.onnx"));

    [Fact]
    public void Residual_blocks_become_joins() => Assert.Equal(
        "[Network] [Input(\"x\", 8)] [Dense(16)] [GELU] [Dense(8)] [Add(\"x\", \"Dense2\")] [LayerNorm] [Dense(16)] [GELU] [Dense(8)] "
            + "[Add(\"LayerNorm1\", \"Dense4\")] [LayerNorm]",
        Attributes("residual.onnx"));

    [Fact]
    public void Attention_and_padding_of_PyTorch_become_layers()
    {
        Assert.Equal(
            "[Network(6)] [Embedding(20, 8, Name = \"Tokens\")] [PositionalEmbedding] [LayerNorm(Name = \"Norm\")] [SelfAttention(2, Causal = true)] "
                + "[Add(\"PositionalEmbedding1\", \"SelfAttention1\")] [Dense(20, EachStep = true, Name = \"Head\")]",
            Attributes("pytorch_gpt.onnx"));
        Assert.Equal(
            "[Network(8, 8, 3)] [Conv2D(6, 1, Name = \"Wide\")] [HardSwish] [ZeroPadding2D(1, 0, 1, 0)] "
                + "[DepthwiseConv2D(3, Stride = 2, Name = \"Each\")] [SiLU] [GlobalAveragePool] [Dense(3, Name = \"Out\")]",
            Attributes("pytorch_mobile.onnx"));
        Assert.Equal("[Network(6, 5)] [GRU(4, Bidirectional = true)] [Dense(3, Name = \"Out\")]", Attributes("pytorch_last_states.onnx"));
    }

    [Fact]
    public void Source_says_where_it_comes_from()
    {
        string source = OnnxImport.Read(OnnxReader.Read(ReferenceModel.Resource("keras_cnn.onnx")), "KerasCnn", "Models.Images").Source;

        Assert.Equal(
            """
            using Nnfs;

            namespace Models.Images;

            /// <summary>The ONNX model 'keras_cnn' of tf2onnx as a network.</summary>
            /// <remarks>
            /// Its weights are in <c>KerasCnn.safetensors</c>, which <c>Load</c> and <c>LoadParameters</c> read.
            /// </remarks>
            [Network(8, 8, 1)]
            [Conv2D(4, 3, Padding = Padding.Same)]  // → 8 × 8 × 4
            [ReLU]                                  // → 8 × 8 × 4
            [MaxPool2D(2)]                          // → 4 × 4 × 4
            [Dense(5)]                              // → 5
            public partial class KerasCnn;

            """,
            source);
    }

    [Fact]
    public void All_that_can_not_be_expressed_is_named_at_once()
    {
        ImportException exception = Assert.Throws<ImportException>(() => OnnxImport.Read(OnnxReader.Read(ReferenceModel.Resource("unsupported.onnx")), "Net"));

        Assert.Equal(
            """
            The model can't be written as a network:
            'the_one' (Sinh): no layer computes it
            'the_other' (Sinh): no layer computes it
            """,
            exception.Message);
        Assert.Equal(["the_one", "the_other"], exception.Problems.Select(static problem => problem.Node));
    }

    [Fact]
    public void Files_are_written_into_a_folder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-import-");

        try
        {
            ImportedNetwork imported = OnnxImport.Read(OnnxReader.Read(ReferenceModel.Resource("mlp.onnx")), "Mlp");
            imported.WriteTo(folder.FullName);

            Assert.Equal(["Mlp.cs", "Mlp.safetensors"], folder.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal));
            Assert.Equal(imported.Source, File.ReadAllText(Path.Combine(folder.FullName, "Mlp.cs")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static float[] InNetwork(float[] values, int[] shape, ImportedPort port) =>
        ModelLayout.ToNetwork(TensorValue.OfReals(values, shape), port).ToFloats();

    private static string Attributes(string file) => ImportCheck.Attributes(OnnxReader.Read(ReferenceModel.Resource(file)));
}
