using System.Runtime.InteropServices;

namespace Nnfs.Mpi;

/// <summary>
/// The constants of an implementation of MPI. The standard leaves them open: in Open MPI, handles are addresses of variables of the library
/// (ompi/include/mpi.h); in MPICH and what is compatible with it, they are numbers (MPICH ABI, src/include/mpi.h).
/// </summary>
/// <param name="World">The communicator of all processes.</param>
/// <param name="Byte">The type of bytes.</param>
/// <param name="Float">The type of 32-bit floats.</param>
/// <param name="Double">The type of 64-bit floats.</param>
/// <param name="ErrorsReturn">Errors are returned, where the standard's default ends the job.</param>
internal sealed record MpiHandles(nint World, nint Byte, nint Float, nint Double, nint ErrorsReturn)
{
    /// <summary>The constants of a library.</summary>
    public static MpiHandles Of(nint library) => NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world)
        ? new(
            world,
            NativeLibrary.GetExport(library, "ompi_mpi_byte"),
            NativeLibrary.GetExport(library, "ompi_mpi_float"),
            NativeLibrary.GetExport(library, "ompi_mpi_double"),
            NativeLibrary.GetExport(library, "ompi_mpi_errors_return"))
        : new(World: 0x44000000, Byte: 0x4c00010d, Float: 0x4c00040a, Double: 0x4c00080b, ErrorsReturn: 0x54000001);
}
