using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Tool;

/// <summary>The commands of the tool, from their arguments to their exit codes.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Features, images, sequences, and indices.</summary>
    [Theory]
    [InlineData("residual.onnx")]
    [InlineData("lenet.onnx")]
    [InlineData("keras_cnn.onnx")]
    [InlineData("lstm.onnx")]
    [InlineData("text.onnx")]
    public void Import_writes_a_class_that_computes_what_the_model_does(string file)
    {
        string model = Write(file, ReferenceModel.Resource(file));

        CommandResult result = CommandResult.Of("import", model, "--class", "Imported", "--namespace", "My.Models", "--output", InFolder("models"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("", result.Error);
        Assert.Contains("the largest difference is ", result.Output, StringComparison.Ordinal);
        Assert.Equal(["Imported.cs", "Imported.safetensors"], FilesIn("models"));
        Assert.Contains("namespace My.Models;", File.ReadAllText(InFolder("models/Imported.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_takes_the_class_that_was_imported()
    {
        string model = Write("gru.onnx", ReferenceModel.Resource("gru.onnx"));
        CommandResult.Of("import", model, "--output", _folder.FullName);

        CommandResult result = CommandResult.Of("verify", model, InFolder("Gru.safetensors"), InFolder("Gru.cs"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("The largest difference on drawn inputs is ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_of_what_no_layer_expresses_names_all_and_writes_nothing()
    {
        string model = Write("unsupported.onnx", ReferenceModel.Resource("unsupported.onnx"));

        CommandResult result = CommandResult.Of("import", model, "--output", InFolder("models"));

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("the_one", result.Error, StringComparison.Ordinal);
        Assert.Contains("the_other", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(InFolder("models")));
    }

    /// <summary>In training such a model gives other outputs each time; what is compared are predictions.</summary>
    [Fact]
    public void Import_of_a_model_that_was_written_for_its_training_keeps_its_dropout()
    {
        byte[] model = new ModelBuilder(13).Input("x", "batch", 3).Output("y")
            .Tensor("w", [3, 2], 0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f)
            .Tensor("v", [2, 1], 1, -1)
            .Tensor("ratio", [], 0.25f)
            .Tensor(ModelBuilder.Message("training", OnnxElementType.Boolean, []).Add(9, 1, static stream => stream.WriteByte(1)))
            .Node("MatMul", ["x", "w"], "h")
            .Node("Tanh", ["h"], "a")
            .Node("Dropout", ["a", "ratio", "training"], "d")
            .Node("MatMul", ["d", "v"], "y")
            .Build();

        CommandResult result = CommandResult.Of("import", Write("model.onnx", model), "--output", _folder.FullName);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("[Dropout(0.25)]", File.ReadAllText(InFolder("Model.cs")), StringComparison.Ordinal);
    }

    /// <summary>What was imported is the user's own from then on.</summary>
    [Fact]
    public void Import_replaces_files_only_when_it_is_told_to()
    {
        string model = Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx"));
        string source = Write("Mlp.cs", "// mine"u8);

        CommandResult refused = CommandResult.Of("import", model, "--output", _folder.FullName);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("Use --force to replace it.", refused.Error, StringComparison.Ordinal);
        Assert.Equal("// mine", File.ReadAllText(source));
        Assert.Equal(["Mlp.cs", "mlp.onnx"], FilesIn(""));

        Assert.Equal(0, CommandResult.Of("import", model, "--output", _folder.FullName, "--force").ExitCode);
        Assert.Contains("partial class Mlp", File.ReadAllText(source), StringComparison.Ordinal);
    }

    /// <summary>Names come from files of others, and a terminal would obey what is in them.</summary>
    [Fact]
    public void Names_that_a_terminal_would_obey_are_not_written_as_they_are()
    {
        string model = Write("model.onnx", new ModelBuilder().Input("x", "n", 2).Node("Atan", ["x"], "\u001b[31my").Output("\u001b[31my").Build());

        Assert.DoesNotContain('\u001b', CommandResult.Of("import", model).Error);
        Assert.DoesNotContain('\u001b', CommandResult.Of("inspect", model).Output);
    }

    [Theory]
    [InlineData("", "error: '' is no file.")]
    [InlineData(".", "error: '.' is no file.")]
    public void What_is_no_file_is_refused(string path, string message)
    {
        CommandResult result = CommandResult.Of("import", path);

        Assert.Equal((1, "", message), (result.ExitCode, result.Output, result.Error.TrimEnd()));
    }

    [Fact]
    public void File_that_is_no_model_is_named()
    {
        string model = Write("model.onnx", "hello world"u8);

        foreach (string command in (string[])["import", "inspect"])
        {
            CommandResult result = CommandResult.Of(command, model);

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.StartsWith($"error: '{model}' is no ONNX model, or is damaged: ", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Import_over_a_folder_writes_nothing()
    {
        string model = Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx"));
        Directory.CreateDirectory(InFolder("Mlp.cs"));

        CommandResult result = CommandResult.Of("import", model, "--output", _folder.FullName, "--force");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(" is a folder, where a file is to be written.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(InFolder("Mlp.safetensors")));
    }

    [Fact]
    public void Verify_notices_changed_weights()
    {
        string model = Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx"));
        CommandResult.Of("import", model, "--output", _folder.FullName);
        string weights = InFolder("Mlp.safetensors");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 0x40;
        File.WriteAllBytes(weights, bytes);

        CommandResult result = CommandResult.Of("verify", model, weights);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: The network differs from the model by ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_there_and_back_keeps_the_tensors()
    {
        string model = Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx"));
        CommandResult.Of("import", model, "--output", _folder.FullName);

        Assert.Equal(0, CommandResult.Of("convert", InFolder("Mlp.safetensors"), InFolder("mlp.npz")).ExitCode);
        Assert.Equal(0, CommandResult.Of("convert", InFolder("mlp.npz"), InFolder("back.safetensors")).ExitCode);

        string tensors = CommandResult.Of("inspect", InFolder("Mlp.safetensors")).Output;
        Assert.Equal(tensors, CommandResult.Of("inspect", InFolder("back.safetensors")).Output);
        Assert.Equal(0, CommandResult.Of("verify", model, InFolder("back.safetensors")).ExitCode);
    }

    [Fact]
    public void Convert_of_several_tensors_into_one_array_is_refused()
    {
        NumpyArray.SaveArchive(InFolder("a.npz"), [new("x", new NumpyArray([2], [1, 2])), new("y", new NumpyArray([], [3]))]);

        CommandResult result = CommandResult.Of("convert", InFolder("a.npz"), InFolder("a.npy"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("can hold one tensor, but", result.Error, StringComparison.Ordinal);
        Assert.Equal(["a.npz"], FilesIn(""));
    }

    [Fact]
    public void Inspect_shows_nodes_and_tensors()
    {
        CommandResult result = CommandResult.Of("inspect", Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx")));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\nGemm ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ninputs:\nname  type\nx     float32 [batch, 4]\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_shows_arrays()
    {
        NumpyArray.SaveArchive(InFolder("a.npz"), [new("x", new NumpyArray([2, 3], new float[6])), new("bias", new NumpyArray([3], new float[3]))]);

        Assert.Equal(
            """
            name  type     shape
            x     float32  [2, 3]
            bias  float32  [3]

            """,
            CommandResult.Of("inspect", InFolder("a.npz")).Output);
    }

    [Theory]
    [InlineData("missing.onnx", "Could not find file")]
    [InlineData("text.txt", "is neither .onnx, .safetensors, .npz nor .npy")]
    [InlineData("broken.onnx", "The model has no graph")]
    [InlineData("broken.npz", "no valid zip archive")]
    [InlineData("broken.safetensors", "fewer than the 8 bytes")]
    public void Inspect_of_no_such_file_says_why(string file, string message)
    {
        if (file.StartsWith("broken", StringComparison.Ordinal))
        {
            Write(file, []);
        }

        CommandResult result = CommandResult.Of("inspect", InFolder(file));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("import")]
    [InlineData("import", "a.onnx", "--colour", "red")]
    [InlineData("paint", "a.onnx")]
    public void Command_line_without_sense_is_refused(params string[] arguments)
    {
        CommandResult result = CommandResult.Of(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("import", "--help")]
    [InlineData("inspect", "--help")]
    [InlineData("verify", "--help")]
    [InlineData("convert", "--help")]
    public void Help_is_printed(params string[] arguments)
    {
        CommandResult result = CommandResult.Of(arguments);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("class")]
    [InlineData("a-b")]
    public void Import_under_a_name_that_is_none_is_refused(string name)
    {
        CommandResult result = CommandResult.Of("import", Write("mlp.onnx", ReferenceModel.Resource("mlp.onnx")), "--class", name);

        Assert.Equal((1, $"error: '{name}' can't be the name of a class in C#.\n"), (result.ExitCode, result.Error));
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(InFolder(name), bytes);

        return InFolder(name);
    }

    private string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(InFolder(folder)).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
