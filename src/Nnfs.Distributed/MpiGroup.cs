using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Mpi;

namespace Nnfs;

/// <summary>
/// The processes that <c>mpirun</c> has started, which train one network together. Each runs the same program, which was built before: <c>mpirun -n 4 dotnet
/// Digits.dll</c> starts four. A program that was started without it is a group of one.
/// </summary>
/// <remarks>
/// One thread at a time calls it. A process that ends with an exception, or with an exit code other than 0, ends the others, too; so does the end of a process
/// in which an exception ended a training, even if the program caught it. The group lives until the process ends.
/// </remarks>
public sealed unsafe class MpiGroup : ITrainingGroup
{
    /// <summary>Up to this many bytes are sent to all at once and added up by each; more are divided, so that each process adds up a part.</summary>
    private const int MostAtOnce = 32 * 1024;

    /// <summary>The most values that are divided at once, so that their bytes can be counted.</summary>
    private const int MostInParts = 1 << 24;

    private static MpiGroup? s_world;

    private readonly MpiLibrary _mpi;
    private readonly nint _communicator;
    private readonly PosixSignalRegistration? _interrupt;
    private readonly PosixSignalRegistration? _termination;
    private volatile PosixSignalContext? _signal;
    private volatile string? _end;
    private volatile bool _isCalled;
    private byte[] _sent = [];
    private byte[] _received = [];

    private MpiGroup(MpiLibrary mpi)
    {
        _mpi = mpi;

        if (mpi.Initialize())
        {
            AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
            AppDomain.CurrentDomain.UnhandledException += EndWithException;
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => _signal = signal);
            _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => _signal = signal);
        }

        _communicator = mpi.CreateCommunicator();
        Rank = mpi.Rank(_communicator);
        Size = mpi.Size(_communicator);
        Shards = Size;

        if (Size == 1)
        {
            RefuseOtherStarter();
        }
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
    /// The number of shards that a batch is divided into: the number of processes times a power of two. With 4 shards, groups of 1, 2 and 4 processes give the
    /// same bits. 0, the default, leaves it as it is: at first the number of processes. A training that runs keeps the number that it began with.
    /// </param>
    /// <returns>The group: the same object for each call of a process.</returns>
    /// <exception cref="MpiException">MPI is not installed, can't be started, or is not that whose <c>mpirun</c> has started the processes.</exception>
    /// <exception cref="ArgumentException">The number of shards is not that of the processes times a power of two.</exception>
    public static MpiGroup World(int shards = 0)
    {
        s_world ??= new MpiGroup(MpiLibrary.Instance);
        int size = s_world.Size;

        if (shards == 0)
        {
            return s_world;
        }

        if (shards < 0 || shards % size != 0 || !int.IsPow2(shards / size))
        {
            throw new ArgumentException(
                $"Expected shards to be the {size} processes times a power of two, such as {size}, {size * 2} or {size * 4}, but it is {shards}.",
                nameof(shards));
        }

        s_world.Shards = shards;

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

        try
        {
            fixed (byte* first = bytes)
            {
                _mpi.Broadcast(first, bytes.Length, _mpi.Handles.Byte, _communicator);
            }
        }
        catch
        {
            Fail();

            throw;
        }

        EndCall();
    }

    /// <summary>
    /// Ends the group for this process: its next call is refused, and when the process ends, it ends the others, which may wait for it in vain.
    /// </summary>
    public void Leave()
    {
        if (Size > 1)
        {
            _end ??= "An exception has ended a training in this process, so that others may wait for it in vain.";
        }
    }

    private void Sum<T>(Span<T> values, nint type)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        if (Size == 1 || values.IsEmpty)
        {
            return;
        }

        BeginCall();

        try
        {
            if ((long)values.Length * sizeof(T) <= MostAtOnce)
            {
                SumAtOnce(values, type);
            }
            else
            {
                for (Span<T> rest = values; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, MostInParts)..])
                {
                    SumInParts(rest[..Math.Min(rest.Length, MostInParts)], type);
                }
            }
        }
        catch
        {
            Fail();

            throw;
        }

        EndCall();
    }

    private void SumAtOnce<T>(Span<T> values, nint type)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        Span<T> all = Room<T>(ref _received, (long)values.Length * Size);

        fixed (T* sent = values)
        fixed (T* received = all)
        {
            _mpi.AllGather(sent, received, values.Length, type, _communicator);
        }

        ShardSum.Add(all, Size);
        all[..values.Length].CopyTo(values);
    }

    /// <summary>Each process gets a part from all, adds it up, and gives its sum to all.</summary>
    private void SumInParts<T>(Span<T> values, nint type)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        int part = ((values.Length - 1) / Size) + 1;
        Span<T> mine = Room<T>(ref _received, (long)part * Size);
        Span<T> parts = mine.Length == values.Length ? values : Room<T>(ref _sent, mine.Length);

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
    /// <exception cref="InvalidOperationException">An array can't have as many bytes.</exception>
    private static Span<T> Room<T>(ref byte[] bytes, long count)
        where T : unmanaged
    {
        long length = count * sizeof(T);

        if (length > Array.MaxLength)
        {
            throw new InvalidOperationException($"Expected at most {Array.MaxLength} bytes from all processes at once, but there are {length}.");
        }

        if (bytes.Length < length)
        {
            bytes = GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
        }

        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(bytes)), (int)count);
    }

    /// <summary>Started by another MPI's <c>mpirun</c>, each process would train by itself, and all would write the same files.</summary>
    private void RefuseOtherStarter()
    {
        foreach (string name in (ReadOnlySpan<string>)["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"])
        {
            if (int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int started) && started > 1)
            {
                throw new MpiException(
                    $"This is one of {started} processes ({name}), but the MPI library that was found knows of one only, because another MPI has started " +
                    $"them. Start them by the mpirun of this library, or install the other one's: {LibraryVersion}");
            }
        }
    }

    private void BeginCall()
    {
        if (_end is { } end)
        {
            throw new InvalidOperationException($"{end} Start the program again.");
        }

        if (Interlocked.Exchange(ref _isCalled, true))
        {
            throw new InvalidOperationException("A group is called by one thread at a time, but another call has not ended.");
        }
    }

    private void EndCall() => _isCalled = false;

    /// <summary>A call that failed never ends: the other processes wait for it, and no other can follow.</summary>
    private void Fail() => _end ??= "A call of MPI has failed before, so that the processes are no longer at the same place.";

    private void EndWithException(object sender, UnhandledExceptionEventArgs e)
    {
        if (Size > 1)
        {
            Console.Error.WriteLine($"Process {Rank} of {Size} ends the others: {e.ExceptionObject}");
            _mpi.Abort(exitCode: 1);
        }
    }

    private void EndWithProcess(object? sender, EventArgs e)
    {
        if (!_mpi.IsRunning)
        {
            return;
        }

        if (_end is { } end)
        {
            Console.Error.WriteLine($"Process {Rank} of {Size} ends the others: {end}");
            _mpi.Abort(Environment.ExitCode == 0 ? 1 : Environment.ExitCode);
        }

        // A signal that the program did not handle ends the process wherever it is, perhaps in the middle of a call. Its starter sees that it has not ended
        // well, and ends the others.
        if (_signal is { Cancel: false } || _isCalled)
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
