namespace Nnfs.Tests.Networks.Samples;

public enum Plan
{
    Basic = 0,
    Silver = 10,
    Gold = 20,
}
