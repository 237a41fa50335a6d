namespace Nnfs.Tests.Networks.Sequences;

/// <summary>One unit, one step, one feature.</summary>
[Network(1, 1)]
[SimpleRNN(1)]
[MeanSquaredError]
public partial class SimpleRNNOfOne;

/// <summary>The last state, of units that fill no vector.</summary>
[Network(7, 3)]
[SimpleRNN(17)]
[MeanSquaredError]
public partial class SimpleRNNLast;

/// <summary>All states, of units that fill vectors; no gradient goes back further than three steps.</summary>
[Network(8, 4)]
[SimpleRNN(32, ReturnSequences = true, TruncateAfter = 3)]
[MeanSquaredError]
public partial class SimpleRNNSequence;

/// <summary>Both directions, with more products than are computed ahead.</summary>
[Network(13, 20)]
[SimpleRNN(44, ReturnSequences = true, Bidirectional = true, TruncateAfter = 0)]
[MeanSquaredError]
public partial class SimpleRNNBothWays;

/// <summary>Sequences of which a prediction computes the products of some steps at a time.</summary>
[Network(130, 2)]
[SimpleRNN(160, Bidirectional = true, TruncateAfter = 50)]
[MeanSquaredError]
public partial class SimpleRNNLongBothWays;

/// <summary>One unit, one step, one feature.</summary>
[Network(1, 1)]
[GRU(1)]
[MeanSquaredError]
public partial class GRUOfOne;

/// <summary>The last state, of units that fill no vector.</summary>
[Network(7, 3)]
[GRU(17)]
[MeanSquaredError]
public partial class GRULast;

/// <summary>All states, of units that fill vectors; no gradient goes back further than three steps.</summary>
[Network(8, 4)]
[GRU(32, ReturnSequences = true, TruncateAfter = 3)]
[MeanSquaredError]
public partial class GRUSequence;

/// <summary>Both directions, with more products than are computed ahead.</summary>
[Network(13, 20)]
[GRU(44, ReturnSequences = true, Bidirectional = true, TruncateAfter = 0)]
[MeanSquaredError]
public partial class GRUBothWays;

/// <summary>Sequences of which a prediction computes the products of some steps at a time.</summary>
[Network(130, 2)]
[GRU(53, Bidirectional = true, TruncateAfter = 50)]
[MeanSquaredError]
public partial class GRULongBothWays;

/// <summary>One unit, one step, one feature.</summary>
[Network(1, 1)]
[LSTM(1)]
[MeanSquaredError]
public partial class LSTMOfOne;

/// <summary>The last state, of units that fill no vector.</summary>
[Network(7, 3)]
[LSTM(17)]
[MeanSquaredError]
public partial class LSTMLast;

/// <summary>All states, of units that fill vectors; no gradient goes back further than three steps.</summary>
[Network(8, 4)]
[LSTM(32, ReturnSequences = true, TruncateAfter = 3)]
[MeanSquaredError]
public partial class LSTMSequence;

/// <summary>Both directions, with more products than are computed ahead.</summary>
[Network(13, 20)]
[LSTM(44, ReturnSequences = true, Bidirectional = true, TruncateAfter = 0)]
[MeanSquaredError]
public partial class LSTMBothWays;

/// <summary>Sequences of which a prediction computes the products of some steps at a time.</summary>
[Network(130, 2)]
[LSTM(40, Bidirectional = true, TruncateAfter = 50)]
[MeanSquaredError]
public partial class LSTMLongBothWays;

/// <summary>States of every kind that go on from pass to pass.</summary>
[Network(4, 3)]
[LSTM(9, ReturnSequences = true, Stateful = true)]
[GRU(5, ReturnSequences = true, Stateful = true)]
[SimpleRNN(6, ReturnSequences = true, Stateful = true)]
[MeanSquaredError]
public partial class Stateful;

/// <summary>The same for three times as many steps at once, with gradients that go back as far.</summary>
[Network(12, 3)]
[LSTM(9, ReturnSequences = true, TruncateAfter = 4)]
[GRU(5, ReturnSequences = true, TruncateAfter = 4)]
[SimpleRNN(6, ReturnSequences = true, TruncateAfter = 4)]
[MeanSquaredError]
public partial class Whole;
