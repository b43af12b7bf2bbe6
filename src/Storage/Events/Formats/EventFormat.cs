namespace Platform.Storage.Events.Formats;

/// <summary>The forms an event can be given in.</summary>
public enum EventFormat
{
    /// <summary>Our own names.</summary>
    Native,

    /// <summary>Elastic Common Schema.</summary>
    Ecs,

    /// <summary>Open Cybersecurity Schema Framework.</summary>
    Ocsf,

    /// <summary>Advanced Security Information Model of Microsoft Sentinel.</summary>
    Asim,
}
