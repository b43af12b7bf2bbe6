namespace Platform.Storage.Tracking;

/// <summary>
/// Makes and reads the tokens in tracked copies. One stands for one delivery, and so for one recipient. Whoever has it can have an open noted
/// and learns nothing.
/// </summary>
public interface IReadTokens
{
    /// <summary>The same for the same delivery and day.</summary>
    string Sign(Guid deliveryId);

    /// <summary>Takes the same time whatever the token is.</summary>
    /// <returns>Null: it is not ours, was changed, or is too old.</returns>
    Guid? Read(string token);
}
