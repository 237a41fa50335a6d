namespace Nnfs.Distributed.Worker;

/// <summary>Two threads that call a group at the same time.</summary>
internal static class Calls
{
    /// <summary>What the thread is told that comes second. The other process waits until then, so that the first call has not ended.</summary>
    /// <param name="group">The processes: two.</param>
    /// <param name="file">A file that is not there yet.</param>
    public static string Run(MpiGroup group, string file)
    {
        if (group.Rank > 0)
        {
            while (!File.Exists(file))
            {
                Thread.Sleep(1);
            }

            group.Sum(new float[1]);
            group.Sum(new float[1]);

            return "two calls";
        }

        string refusal = "";
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(Call))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        group.Sum(new float[1]);

        return refusal;

        void Call()
        {
            try
            {
                group.Sum(new float[1]);
            }
            catch (InvalidOperationException exception)
            {
                refusal = exception.Message;
                File.WriteAllText(file, "");
            }
        }
    }
}
