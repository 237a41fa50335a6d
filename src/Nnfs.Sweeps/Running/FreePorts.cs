using System.Net;
using System.Net.Sockets;

namespace Nnfs.Sweeps.Running;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePorts
{
    /// <summary>One that is free at this moment.</summary>
    public static int Take(IPAddress address)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
