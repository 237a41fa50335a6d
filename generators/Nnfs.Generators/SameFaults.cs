using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators;

/// <summary>Compares faults by rule, place and message, so that an edit elsewhere reports none of them again.</summary>
internal sealed class SameFaults : IEqualityComparer<ImmutableArray<Diagnostic>>
{
    public static readonly SameFaults Comparer = new();

    public bool Equals(ImmutableArray<Diagnostic> one, ImmutableArray<Diagnostic> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (one[i].Id != other[i].Id
                || one[i].Location != other[i].Location
                || one[i].GetMessage(CultureInfo.InvariantCulture) != other[i].GetMessage(CultureInfo.InvariantCulture))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(ImmutableArray<Diagnostic> faults) => faults.Length;
}
