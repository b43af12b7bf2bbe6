using Platform.Grains.Onboarding;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;

namespace Platform.Api.Edge;

/// <summary>Names and words of onboarding, the same on GraphQL and REST.</summary>
internal static class OnboardingNames
{
    public static string Of(DomainClaimState state) => state.ToString().ToLowerInvariant();

    public static string Of(DomainProblem problem)
    {
        var name = problem.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static string Explain(DomainClaimRow claim, string language) => OnboardingWording.Of(language)[(claim.State, claim.Problem) switch
    {
        (DomainClaimState.Proven, _) => "claim.proven",
        (_, DomainProblem.NoRecord) => "claim.no-record",
        (_, DomainProblem.OtherValue) => "claim.other-value",
        (_, DomainProblem.NoAnswer) => "claim.no-answer",
        (_, DomainProblem.Taken) => "claim.taken",
        (_, DomainProblem.Expired) => "claim.expired",
        _ => "claim.pending",
    }];

    public static string Title(FlowStepKind kind, string language) => OnboardingWording.Of(language)["step." + kind.ToString().ToLowerInvariant()];

    public static string Explain(FlowStep step, string language)
    {
        var key = step.Code.Length > 0 ? step.Code : step.State switch
        {
            FlowStepState.Waiting => "waiting",
            FlowStepState.Running => "running",
            _ => "skipped",
        };
        return OnboardingWording.Fill(OnboardingWording.Of(language)[key], step.Values);
    }

    public static string? Advise(FlowStep step, string language) =>
        step.Code.Length > 0 && OnboardingWording.Of(language).Find(step.Code + ".advice") is { } advice ? OnboardingWording.Fill(advice, step.Values) : null;
}
