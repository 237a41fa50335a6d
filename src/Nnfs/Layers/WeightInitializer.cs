namespace Nnfs;

/// <summary>How the weights of a dense layer are drawn. Biases start at zero.</summary>
public enum WeightInitializer
{
    /// <summary><see cref="HeNormal"/> directly before a ReLU, LeakyReLU or ELU, <see cref="GlorotUniform"/> otherwise.</summary>
    Auto,

    /// <summary><c>N(0, 2 / inputs)</c> (He et al. 2015, "Delving Deep into Rectifiers").</summary>
    HeNormal,

    /// <summary><c>U(−l, l)</c> with <c>l = √(6 / (inputs + neurons))</c> (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary><c>0.01 · N(0, 1)</c>, as in "Neural Networks from Scratch in Python".</summary>
    ScaledNormal,
}
