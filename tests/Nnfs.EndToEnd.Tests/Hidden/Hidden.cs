// Nothing is generated for networks with errors, so that no setting of a project or a file hides the errors.
using System.CodeDom.Compiler;
using System.Diagnostics.CodeAnalysis;
using Nnfs;

namespace Hidden;

[Network(2)]
internal sealed partial class NoWarn; // NNFS002:31: The network 'NoWarn' has no layers

#pragma warning disable NNFS001, NNFS005
[Network(2)]
[Dense(4, 3)] // NNFS005:8: 'Dense1' takes 4 inputs, but the network's input gives 2
internal sealed partial class Pragma;

[Network(2)]
[Dense(3)]
internal sealed class NotPartial; // NNFS001:23: 'NotPartial' must be partial, so that the network 'NotPartial' can be generated into it
#pragma warning restore

[Network(0)] // NNFS003:10: The input shape of 'Configured' must be one to four sizes of at least 1, but one is 0
[Dense(3)]
internal sealed partial class Configured;

[Network(2)]
[Dense(-1)] // NNFS004:8: 'Dense1' must have at least 1 neuron, but has -1
[GeneratedCode("Tool", "1.0")]
internal sealed partial class Generated;

[Network(2)]
[Dense(3, From = "Nothing")] // NNFS014:18: 'Dense1' reads 'Nothing', but no layer or input has that name
[SuppressMessage("Nnfs", "NNFS014:A layer must read a layer or input that exists", Justification = "A test.")]
internal sealed partial class Suppressed;
