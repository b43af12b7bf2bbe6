using System.Collections.Concurrent;
using Platform.Storage.Transactions;

namespace Platform.Storage.Bodies;

/// <summary>
/// Makes sealed bodies durable: each file is written, flushed and renamed on one of a few lanes, then its folder is flushed,
/// once for all bodies that wait at that moment. The calls block in the kernel, so they have threads of their own
/// and the pool stays free for the sessions.
/// </summary>
internal sealed class SealLanes : IDisposable
{
    private const int Lanes = 4;

    private readonly BlockingCollection<Job> _files = [];
    private readonly BlockingCollection<Job> _folders = [];

    public SealLanes()
    {
        for (var i = 0; i < Lanes; i++)
            new Thread(RunFiles) { IsBackground = true, Name = "body-seal" }.Start();
        new Thread(RunFolders) { IsBackground = true, Name = "body-folder-flush" }.Start();
    }

    /// <param name="finish">Writes the rest of the file, flushes and closes it.</param>
    /// <param name="path">The file's name until now.</param>
    /// <param name="final">Its name when sealed.</param>
    public Task SealAsync(Action finish, string path, string final)
    {
        var job = new Job(finish, path, final);
        _files.Add(job);
        return job.Done.Task;
    }

    public void Dispose()
    {
        _files.CompleteAdding();
        _folders.CompleteAdding();
    }

    private void RunFiles()
    {
        foreach (var job in _files.GetConsumingEnumerable())
        {
            try
            {
                job.Finish();
                // Overwriting lets the runtime use rename(2) alone; the name is random, so nothing is overwritten.
                File.Move(job.Path, job.Final, overwrite: true);
                _folders.Add(job);
            }
            catch (Exception exception)
            {
                job.Fail(exception);
            }
        }
    }

    private void RunFolders()
    {
        var waiting = new List<Job>();
        foreach (var first in _folders.GetConsumingEnumerable())
        {
            waiting.Add(first);
            while (_folders.TryTake(out var next))
                waiting.Add(next);
            foreach (var folder in waiting.GroupBy(job => Path.GetDirectoryName(job.Final)!))
                Flush(folder.Key, [.. folder]);
            waiting.Clear();
        }
    }

    private static void Flush(string folder, List<Job> jobs)
    {
        try
        {
            FolderFlush.Flush(folder);
        }
        catch (IOException exception)
        {
            jobs.ForEach(job => job.Fail(exception));
            return;
        }

        jobs.ForEach(job => job.Done.TrySetResult());
    }

    private sealed record Job(Action Finish, string Path, string Final)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Nothing is left behind, under either name.</summary>
        public void Fail(Exception exception)
        {
            foreach (var name in (string[])[Path, Final])
            {
                try
                {
                    File.Delete(name);
                }
                catch (IOException)
                {
                    // The sweep finds it later; the sender is told the first failure.
                }
            }

            Done.TrySetException(StorageErrors.Translate(exception));
        }
    }
}
