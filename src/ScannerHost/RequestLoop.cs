using System.Text.Json;
using Platform.Engine.Letters;
using Platform.Engine.Verdicts;
using Platform.Scanning.Protocol;

namespace Platform.ScannerHost;

/// <summary>Answers one request frame after the other, on one thread, until the input ends.</summary>
internal sealed class RequestLoop(Inspection inspection, PoolResolver resolver, HostSettings settings, IReadOnlyDictionary<string, int>? outerReport)
{
    /// <summary>From this size on a message leaves enough garbage behind to give the memory back at once.</summary>
    private const int LargeMessageBytes = 4 * 1024 * 1024;

    public async Task<int> RunAsync(Stream input, Stream output, IReadOnlyList<string> missing)
    {
        try
        {
            Frame.Write(output, JsonSerializer.SerializeToUtf8Bytes(new ReadyHeader(ReadyHeader.CurrentVersion, missing), ScannerJson.Default.ReadyHeader), []);
            while (Frame.Read(input, settings.MaxMessageBytes) is { } frame)
            {
                var request = JsonSerializer.Deserialize(frame.Header, ScannerJson.Default.RequestHeader)
                    ?? throw new InvalidDataException("The request is empty.");
                var (response, body) = await AnswerAsync(request, frame.Body).ConfigureAwait(false);
                Frame.Write(output, JsonSerializer.SerializeToUtf8Bytes(response, ScannerJson.Default.ResponseHeader), body.Span);
                if (frame.Body.Length >= LargeMessageBytes)
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            }

            return 0;
        }
        catch (OutOfMemoryException)
        {
            return HostVariables.ExitOutOfMemory;
        }
        catch (IOException)
        {
            // The pool is gone.
            return 0;
        }
    }

    private async ValueTask<(ResponseHeader Header, ReadOnlyMemory<byte> Body)> AnswerAsync(RequestHeader request, byte[] message)
    {
        if (settings.Poison)
            Poison.Take(message, resolver);
        return request.Operation switch
        {
            Operation.Scan => (ResponseOf(await inspection.ScanAsync(request, message).ConfigureAwait(false)), default),
            Operation.Preview => (new ResponseHeader { Preview = inspection.Preview(message) }, default),
            Operation.Journal => inspection.ReadJournal(message),
            Operation.Forward => inspection.ReadForward(message),
            Operation.Rewrite => inspection.Rewrite(request.Rewrite ?? throw new InvalidDataException("A change needs to be said."), message),
            Operation.Letter => (new ResponseHeader { Letter = inspection.ReadLetter(request.View ?? new LetterView(), message) }, default),
            Operation.File => inspection.OpenFile(request.View ?? new LetterView(), request.Path ?? throw new InvalidDataException("A file needs a path."), message),
            Operation.Confinement when outerReport is not null => (new ResponseHeader { Confinement = new ConfinementReport(outerReport, SelfTest.Try()) }, default),
            _ => throw new InvalidDataException($"No such operation: {request.Operation}."),
        };
    }

    private static ResponseHeader ResponseOf(Verdict verdict) => new() { Verdict = verdict, Found = verdict.Feeds };
}
