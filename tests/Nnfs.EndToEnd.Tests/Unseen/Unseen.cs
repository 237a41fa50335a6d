// The compiler runs no analyzers on declarations like these. The generator reports the network's errors itself.
using Nnfs;

namespace Unseen;

[Network(2)]
[Dense(3)]
public class NotPartial // NNFS001:14: 'NotPartial' must be partial, so that the network 'NotPartial' can be generated into it
{
    public static int Use(NotPartial.Workspace pass) => pass.BatchSize;
}

[Network(2)]
[Dense(4, 3)] // NNFS005:8: 'Dense1' takes 4 inputs, but the network's input gives 2
public partial class OtherInputs;
