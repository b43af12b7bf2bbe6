namespace Platform.Api.Identity.Outside;

/// <summary>Why a sign-in by a tenant's own provider did not go through; each has a sentence for the person at the browser.</summary>
internal enum OutsideProblem
{
    /// <summary>The provider does not answer.</summary>
    Unreachable,

    /// <summary>What the provider says of itself cannot be used.</summary>
    Misconfigured,

    /// <summary>The browser brings no sign-in that was begun in it, or one that is too old.</summary>
    Expired,

    /// <summary>The provider said no.</summary>
    Refused,

    /// <summary>What came back does not prove who the person is.</summary>
    Untrusted,

    /// <summary>The person was to prove anew who they are, and the provider does not say that they did.</summary>
    NotAnew,

    /// <summary>The provider names no address, or one that it has not checked.</summary>
    AddressMissing,

    /// <summary>The provider names an address that it may not vouch for.</summary>
    AddressForeign,

    /// <summary>There is no account, and the provider makes none.</summary>
    NoAccount,

    /// <summary>No role follows from what the provider says.</summary>
    NoRole,
    Disabled,

    /// <summary>The account belongs to another person at the provider, or to another provider.</summary>
    LinkedElsewhere,

    /// <summary>The tenant's rules do not let the person in from where the browser is.</summary>
    PlaceRefused,
}

/// <param name="detail">For the log and for whoever looks after the provider; holds no secret.</param>
internal sealed class OutsideSignInException(OutsideProblem problem, string detail, Exception? inner = null) : Exception(detail, inner)
{
    public OutsideProblem Problem { get; } = problem;
}
