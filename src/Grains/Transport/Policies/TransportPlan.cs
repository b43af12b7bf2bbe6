using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Policies;

/// <summary>Mail hosts to try, each with what must hold there.</summary>
/// <param name="Domain">A-labels, lower case.</param>
/// <param name="Hosts">In their order; empty: none may be used now.</param>
/// <param name="Faults">Of hosts that may not be used.</param>
/// <param name="Failure">Why there is no host; null where there is one.</param>
internal sealed record TransportPlan(string Domain, IReadOnlyList<SmtpHost> Hosts, IReadOnlyList<TransportSession> Faults, DeliveryFailure? Failure);
