using System.Text;
using Nnfs.Data;
using Nnfs.Files;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>Reading and writing samples as CSV files, and splitting them into some to train on and some to test with.</summary>
/// <remarks>
/// Columns are found by their names: exactly, or else by one that has the same letters and digits apart from case, if only one has. Others are not read. Code
/// that is generic over samples, or written in an older C#, calls <c>SampleFiles.ReadCsv&lt;TSample&gt;(path)</c>.
/// </remarks>
public static class SampleFiles
{
    private static readonly CsvOptions s_default = new();

    /// <param name="_">The type of the samples.</param>
    extension<TSample>(TSample _)
        where TSample : ISample<TSample>
    {
        /// <summary>Reads the samples of a CSV file in UTF-8, or another Unicode encoding that begins with its byte order mark.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How it is written; by default with commas and a header.</param>
        /// <returns>The samples in the order of the file.</returns>
        /// <exception cref="CsvException">Something in it can't be read: the message lists the first bad cells.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static IReadOnlyList<TSample> ReadCsv(string path, CsvOptions? options = null)
        {
            using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

            return CsvSamples.Read<TSample>(reader, options ?? s_default, $"The file '{path}'");
        }

        /// <summary>Reads the samples of a CSV text.</summary>
        /// <param name="reader">The text, which is read to its end.</param>
        /// <param name="options">How it is written; by default with commas and a header.</param>
        /// <returns>The samples in the order of the text.</returns>
        /// <exception cref="CsvException">Something in it can't be read: the message lists the first bad cells.</exception>
        /// <exception cref="IOException">The text cannot be read.</exception>
        public static IReadOnlyList<TSample> ReadCsv(TextReader reader, CsvOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(reader);

            return CsvSamples.Read<TSample>(reader, options ?? s_default, "The text");
        }

        /// <summary>
        /// Writes samples as a CSV file in UTF-8. What was at <paramref name="path"/> is replaced at the end: the file is never half a table.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="samples">The samples.</param>
        /// <param name="options">How it is written; by default with commas and a header.</param>
        /// <exception cref="ArgumentException">
        /// An array of a sample has another length than it was declared with, or a value would not be read again as it is: <c>NaN</c> in a member that is not
        /// nullable, a text of <see cref="CsvOptions.MissingValues"/>, or a missing value where these are empty; then nothing has been written.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">A sample has a value that its enum has no name for.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
        public static void WriteCsv(string path, IEnumerable<TSample> samples, CsvOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);

            AtomicFile.Write(path, stream =>
            {
                using StreamWriter writer = new(stream, bufferSize: 1 << 16, leaveOpen: true);
                CsvSamples.Write(writer, samples, options ?? s_default);
            });
        }

        /// <summary>Writes samples as a CSV text.</summary>
        /// <param name="writer">Takes the text; it stays open.</param>
        /// <param name="samples">The samples.</param>
        /// <param name="options">How it is written; by default with commas and a header.</param>
        /// <exception cref="ArgumentException">
        /// An array of a sample has another length than it was declared with, or a value would not be read again as it is: <c>NaN</c> in a member that is not
        /// nullable, a text of <see cref="CsvOptions.MissingValues"/>, or a missing value where these are empty; then nothing has been written.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">A sample has a value that its enum has no name for.</exception>
        /// <exception cref="IOException">The text cannot be written.</exception>
        public static void WriteCsv(TextWriter writer, IEnumerable<TSample> samples, CsvOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(writer);
            ArgumentNullException.ThrowIfNull(samples);

            CsvSamples.Write(writer, samples, options ?? s_default);
        }
    }

    /// <param name="samples">The samples.</param>
    extension<TSample>(IReadOnlyList<TSample> samples)
        where TSample : ISample<TSample>
    {
        /// <summary>Splits the samples at random into some to train on and some to test with. The same seed gives the same split.</summary>
        /// <param name="testFraction">The share of the samples for the test, 0 … 1.</param>
        /// <param name="seed">The seed of the random order, not negative.</param>
        /// <param name="stratify">
        /// Whether the share is taken of every class, rounded to whole samples of each; otherwise, and where the label is no class, of all samples together.
        /// </param>
        /// <returns>Two lists, each in a random order, which together have every sample once.</returns>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="testFraction"/> is not from 0 to 1, <paramref name="seed"/> is negative, or a label is a value that its enum has no name for.
        /// </exception>
        public (IReadOnlyList<TSample> Training, IReadOnlyList<TSample> Test) Split(double testFraction, int seed = 0, bool stratify = true)
        {
            ArgumentNullException.ThrowIfNull(samples);

            // Samples without a label are a class of their own.
            int classes = TSample.Schema.Label?.Classes.Length ?? 0;
            SampleSplit split = stratify && classes > 0
                ? SampleSplit.Stratified(
                    [.. samples.Select(sample => sample.LabelClass is >= 0 and int label ? label : classes)], classes + 1, testFraction, seed)
                : SampleSplit.Random(samples.Count, testFraction, seed);

            return (Select(samples, split.Training), Select(samples, split.Test));
        }
    }

    private static TSample[] Select<TSample>(IReadOnlyList<TSample> samples, int[] indices) => Array.ConvertAll(indices, index => samples[index]);
}
