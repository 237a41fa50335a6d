namespace Nnfs.Import.Translating;

/// <summary>A node reads what another one gives that can't be expressed; that one is named already.</summary>
internal sealed class UnknownValueException() : Exception("The value comes from a node that can't be expressed.");
