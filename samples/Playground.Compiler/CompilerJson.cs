using System.Text.Json.Serialization;

namespace Playground.Compiler;

/// <summary>Writes what the page reads, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(CompilerReport))]
[JsonSerializable(typeof(Hover))]
internal sealed partial class CompilerJson : JsonSerializerContext;
