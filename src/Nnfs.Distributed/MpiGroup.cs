using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Mpi;

namespace Nnfs;

/// <summary>
/// The processes that <c>mpirun</c> has started, which train one network together. Each runs the same program; <c>mpirun -n 4 dotnet run -c Release</c> starts
/// four. A program that was started without it is a group of one.
/// </summary>
/// <remarks>
/// One thread at a time calls it. A process that ends with an exception, or with an exit code other than 0, ends the others, too. The
/// group lives until the process ends.
/// </remarks>
public sealed unsafe class MpiGroup : ITrainingGroup
{
    /// <summary>As many bytes are sent to all at once and added up by each; more are divided, so that each process adds up a part.</summary>
    private const int MostAtOnce = 32 * 1024;

    private static MpiGroup? s_world;

    private readonly MpiLibrary _mpi;
    private readonly nint _communicator;
    private readonly PosixSignalRegistration? _interrupt;
    private readonly PosixSignalRegistration? _termination;
    private volatile bool _isInterrupted;
    private volatile bool _isCalled;
    private byte[] _sent = [];
    private byte[] _received = [];

    private MpiGroup(MpiLibrary mpi, int shards)
    {
        _mpi = mpi;

        if (mpi.Initialize())
        {
            AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
            AppDomain.CurrentDomain.UnhandledException += EndWithException;
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _isInterrupted = true);
            _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _isInterrupted = true);
        }

        _communicator = mpi.CreateCommunicator();
        Rank = mpi.Rank(_communicator);
        Size = mpi.Size(_communicator);
        Shards = shards;
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int Shards { get; private set; }

    /// <summary>The name and version of the MPI library, in its own words.</summary>
    public string LibraryVersion => _mpi.Version;

    /// <summary>All processes.</summary>
    /// <param name="shards">
    /// The number of shards that a batch is divided into: the number of processes times a power of two; 0, the default, is the number of processes. With 4
    /// shards, groups of 1, 2 and 4 processes give the same bits.
    /// </param>
    /// <returns>The group: the same object for each call of a process.</returns>
    /// <exception cref="MpiException">MPI is not installed, or can't be started.</exception>
    /// <exception cref="ArgumentException">The number of shards is not that of the processes times a power of two.</exception>
    public static MpiGroup World(int shards = 0)
    {
        s_world ??= new MpiGroup(MpiLibrary.Instance, shards);
        int size = s_world.Size;

        if (shards != 0 && (shards < 0 || shards % size != 0 || !int.IsPow2(shards / size)))
        {
            throw new ArgumentException(
                $"Expected shards to be the {size} processes times a power of two, such as {size}, {size * 2} or {size * 4}, but it is {shards}.",
                nameof(shards));
        }

        s_world.Shards = shards == 0 ? size : shards;

        return s_world;
    }

    /// <inheritdoc/>
    public void Sum(Span<float> values) => Sum(values, _mpi.Handles.Float);

    /// <inheritdoc/>
    public void Sum(Span<double> values) => Sum(values, _mpi.Handles.Double);

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes)
    {
        BeginCall();

        fixed (byte* first = bytes)
        {
            _mpi.Broadcast(first, bytes.Length, _mpi.Handles.Byte, _communicator);
        }

        EndCall();
    }

    private void Sum<T>(Span<T> values, nint type)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        if (Size == 1 || values.IsEmpty)
        {
            return;
        }

        BeginCall();

        if (values.Length * sizeof(T) <= MostAtOnce)
        {
            Span<T> all = Room<T>(ref _received, values.Length * Size);

            fixed (T* sent = values)
            fixed (T* received = all)
            {
                _mpi.AllGather(sent, received, values.Length, type, _communicator);
            }

            ShardSum.Add(all, Size);
            all[..values.Length].CopyTo(values);
        }
        else
        {
            SumInParts(values, type);
        }

        EndCall();
    }

    /// <summary>Each process gets a part from all, adds it up, and gives its sum to all.</summary>
    private void SumInParts<T>(Span<T> values, nint type)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        int part = ((values.Length - 1) / Size) + 1;
        Span<T> parts = part * Size == values.Length ? values : Room<T>(ref _sent, part * Size);
        Span<T> mine = Room<T>(ref _received, part * Size);

        if (parts.Length != values.Length)
        {
            values.CopyTo(parts);
            parts[values.Length..].Clear();
        }

        fixed (T* sent = parts)
        fixed (T* received = mine)
        {
            _mpi.AllToAll(sent, received, part, type, _communicator);
            ShardSum.Add(mine, Size);
            _mpi.AllGather(received, sent, part, type, _communicator);
        }

        if (parts.Length != values.Length)
        {
            parts[..values.Length].CopyTo(values);
        }
    }

    /// <summary>Memory that is kept from one sum to the next.</summary>
    private static Span<T> Room<T>(ref byte[] bytes, int count)
        where T : unmanaged
    {
        int length = checked(count * sizeof(T));

        if (bytes.Length < length)
        {
            bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }

        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(bytes)), count);
    }

    private void BeginCall()
    {
        if (Interlocked.Exchange(ref _isCalled, true))
        {
            throw new InvalidOperationException("A group is called by one thread at a time, but another call has not ended.");
        }
    }

    /// <summary>A call that failed never ends: the other processes wait for it, and no other can follow.</summary>
    private void EndCall() => _isCalled = false;

    private void EndWithException(object sender, UnhandledExceptionEventArgs e)
    {
        Console.Error.WriteLine($"Process {Rank} of {Size} ends the others: {e.ExceptionObject}");
        _mpi.Abort(exitCode: 1);
    }

    private void EndWithProcess(object? sender, EventArgs e)
    {
        // A signal ends the process wherever it is, perhaps in the middle of a call. Its starter sees that it has not ended well, and ends the others.
        if (_isInterrupted || _isCalled || !_mpi.IsRunning)
        {
            return;
        }

        if (Environment.ExitCode == 0)
        {
            _mpi.End();
        }
        else
        {
            _mpi.Abort(Environment.ExitCode);
        }
    }
}
