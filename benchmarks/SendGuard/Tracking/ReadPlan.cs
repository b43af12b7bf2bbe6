using System.Net;

namespace Platform.Benchmarks.SendGuard.Tracking;

/// <summary>Who opens a copy in truth, and which grades are right for it.</summary>
/// <param name="IsMachine">A grade of PERSON counts it as a person that it is not.</param>
internal sealed record Truth(string Name, bool IsMachine, params string[] Right);

/// <summary>One copy for one recipient.</summary>
/// <param name="Message">Copies of one number are of one mail.</param>
/// <param name="DeliveredAt">From the start of the play; below zero: before it.</param>
internal sealed record PlannedCopy(int Number, int Message, TimeSpan DeliveredAt, Truth Truth);

/// <summary>One request for its picture.</summary>
/// <param name="At">From the start of the play.</param>
internal sealed record PlannedOpen(int Copy, TimeSpan At, HttpMethod Method, IPAddress From, IReadOnlyDictionary<string, string> Fields);
