using System.Runtime.InteropServices;

namespace Nnfs.Mpi;

/// <summary>The functions of the MPI library that is installed, found when they are first needed. Errors of MPI become exceptions with its text.</summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>Any thread calls MPI, one at a time: a process ends on another thread than it trains on.</summary>
    private const int ThreadSerialized = 2;

    /// <summary>Room for any text of any implementation: the longest is MPICH's version, 8192.</summary>
    private const int TextLength = 16384;

    private static readonly Lazy<MpiLibrary> s_instance = new(static () => new MpiLibrary(Load(Names())));

    private readonly delegate* unmanaged<int*, int> _initialized;
    private readonly delegate* unmanaged<int*, nint, int, int*, int> _initThread;
    private readonly delegate* unmanaged<int*, int> _queryThread;
    private readonly delegate* unmanaged<int*, int> _finalized;
    private readonly delegate* unmanaged<int> _finalize;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<nint, nint*, int> _duplicate;
    private readonly delegate* unmanaged<nint, nint, int> _setErrorHandler;
    private readonly delegate* unmanaged<nint, int*, int> _rank;
    private readonly delegate* unmanaged<nint, int*, int> _size;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorString;
    private readonly delegate* unmanaged<byte*, int*, int> _version;
    private readonly delegate* unmanaged<void*, int, nint, int, nint, int> _broadcast;
    private readonly delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int> _allToAll;
    private readonly delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int> _allGather;

    private MpiLibrary(nint library)
    {
        Handles = MpiHandles.Of(library);
        _initialized = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "MPI_Initialized");
        _initThread = (delegate* unmanaged<int*, nint, int, int*, int>)NativeLibrary.GetExport(library, "MPI_Init_thread");
        _queryThread = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "MPI_Query_thread");
        _finalized = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "MPI_Finalized");
        _finalize = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "MPI_Finalize");
        _abort = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "MPI_Abort");
        _duplicate = (delegate* unmanaged<nint, nint*, int>)NativeLibrary.GetExport(library, "MPI_Comm_dup");
        _setErrorHandler = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "MPI_Comm_set_errhandler");
        _rank = (delegate* unmanaged<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_rank");
        _size = (delegate* unmanaged<nint, int*, int>)NativeLibrary.GetExport(library, "MPI_Comm_size");
        _errorString = (delegate* unmanaged<int, byte*, int*, int>)NativeLibrary.GetExport(library, "MPI_Error_string");
        _version = (delegate* unmanaged<byte*, int*, int>)NativeLibrary.GetExport(library, "MPI_Get_library_version");
        _broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)NativeLibrary.GetExport(library, "MPI_Bcast");
        _allToAll = (delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int>)NativeLibrary.GetExport(library, "MPI_Alltoall");
        _allGather = (delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int>)NativeLibrary.GetExport(library, "MPI_Allgather");
    }

    /// <summary>The library of this process.</summary>
    /// <exception cref="MpiException">None is installed.</exception>
    public static MpiLibrary Instance => s_instance.Value;

    /// <summary>Its constants.</summary>
    public MpiHandles Handles { get; }

    /// <summary>The name and version of the implementation, in its own words.</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[TextLength];
            int length;
            Check(_version(text, &length), "MPI_Get_library_version");

            return Marshal.PtrToStringUTF8((nint)text, length).TrimEnd('\0');
        }
    }

    /// <summary>Whether MPI may be called: it was initialized, and not ended.</summary>
    public bool IsRunning
    {
        get
        {
            int isInitialized;
            int isFinalized;
            Check(_initialized(&isInitialized), "MPI_Initialized");
            Check(_finalized(&isFinalized), "MPI_Finalized");

            return isInitialized != 0 && isFinalized == 0;
        }
    }

    /// <summary>Initializes MPI, where nobody has yet.</summary>
    /// <returns>Whether it was done here, so that it must be ended here too.</returns>
    /// <exception cref="MpiException">It can't be initialized, was ended already, or allows no program with several threads.</exception>
    public bool Initialize()
    {
        int isFinalized;
        int isInitialized;
        int provided;
        Check(_finalized(&isFinalized), "MPI_Finalized");

        if (isFinalized != 0)
        {
            throw new MpiException("MPI has been ended in this process, and can't be started twice. Keep one group for all trainings.");
        }

        Check(_initialized(&isInitialized), "MPI_Initialized");
        Check(
            isInitialized != 0 ? _queryThread(&provided) : _initThread(null, 0, ThreadSerialized, &provided),
            isInitialized != 0 ? "MPI_Query_thread" : "MPI_Init_thread");

        return provided >= ThreadSerialized
            ? isInitialized == 0
            : throw new MpiException(
                $"MPI gives thread level {provided}, but a .NET program has several threads and needs {ThreadSerialized} (MPI_THREAD_SERIALIZED). {Version}");
    }

    /// <summary>Ends MPI; all processes call it.</summary>
    public void End() => Check(_finalize(), "MPI_Finalize");

    /// <summary>Ends all processes at once, with an exit code.</summary>
    public void Abort(int exitCode) => _ = _abort(Handles.World, exitCode);

    /// <summary>A communicator of all processes, whose messages meet no others, and whose errors are returned.</summary>
    public nint CreateCommunicator()
    {
        nint communicator = 0;
        Check(_setErrorHandler(Handles.World, Handles.ErrorsReturn), "MPI_Comm_set_errhandler");
        Check(_duplicate(Handles.World, &communicator), "MPI_Comm_dup");
        Check(_setErrorHandler(communicator, Handles.ErrorsReturn), "MPI_Comm_set_errhandler");

        return communicator;
    }

    /// <summary>The number of this process.</summary>
    public int Rank(nint communicator)
    {
        int rank;
        Check(_rank(communicator, &rank), "MPI_Comm_rank");

        return rank;
    }

    /// <summary>The number of processes.</summary>
    public int Size(nint communicator)
    {
        int size;
        Check(_size(communicator, &size), "MPI_Comm_size");

        return size;
    }

    /// <summary>Sends what the first process has to all.</summary>
    public void Broadcast(void* values, int count, nint type, nint communicator) =>
        Check(_broadcast(values, count, type, 0, communicator), "MPI_Bcast");

    /// <summary>Sends the n-th part to the n-th process, and receives the parts that are for this one, in the order of the processes.</summary>
    public void AllToAll(void* sent, void* received, int count, nint type, nint communicator) =>
        Check(_allToAll(sent, count, type, received, count, type, communicator), "MPI_Alltoall");

    /// <summary>Sends a part to all, and receives those of all, in the order of the processes.</summary>
    public void AllGather(void* sent, void* received, int count, nint type, nint communicator) =>
        Check(_allGather(sent, count, type, received, count, type, communicator), "MPI_Allgather");

    /// <summary>Loads the first of some libraries that is there.</summary>
    /// <exception cref="MpiException">None is.</exception>
    public static nint Load(params string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return library;
            }
        }

        throw new MpiException(
            $"MPI is not installed: none of {string.Join(", ", names)} was found. Install Open MPI, such as the package openmpi-bin of Debian and Ubuntu.");
    }

    private static string[] Names()
    {
        // The starter of MPICH sets PMI_RANK, that of Open MPI OMPI_COMM_WORLD_RANK; a process that neither started takes what there is.
        string[] openMpi = ["libmpi.so.40", "libmpi.40.dylib"];
        string[] mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"];
        bool isMpich = Environment.GetEnvironmentVariable("PMI_RANK") is not null && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") is null;

        return [.. isMpich ? mpich : openMpi, .. isMpich ? openMpi : mpich];
    }

    private void Check(int code, string function)
    {
        if (code == 0)
        {
            return;
        }

        byte* text = stackalloc byte[TextLength];
        int length = 0;
        string message = _errorString(code, text, &length) == 0 ? Marshal.PtrToStringUTF8((nint)text, length) : "an unknown error";

        throw new MpiException($"{function} failed with code {code}: {message}");
    }
}
