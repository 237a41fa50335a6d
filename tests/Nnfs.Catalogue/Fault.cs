namespace Nnfs.Catalogue;

/// <summary>A mistake that a rule reports.</summary>
/// <param name="Attributes">
/// The attributes after <c>[Network(2)]</c>, without brackets. What is reported is marked with the rule, <c>{|NNFS019:1.5f|}</c>, and where the message
/// also points with <c>{|other:…|}</c>.
/// </param>
/// <param name="Message">What is reported, without the rule.</param>
internal sealed record Fault(string Attributes, string Message);
