namespace Platform.Engine.Attachments.Vba;

/// <param name="Stream">Path of its stream in the compound file.</param>
/// <param name="Source">As its author wrote it, attribute lines first; empty when it could not be read.</param>
/// <param name="Compiled">The compiled form that stands before the source; Office of the same version runs it in place of the source.</param>
internal sealed record VbaModule(string Name, string Stream, string Source, ReadOnlyMemory<byte> Compiled);

/// <param name="Storage">Path of the storage that holds the project; empty for the root.</param>
/// <param name="References">Libraries and projects that it uses, as written.</param>
/// <param name="Names">Octets of the stream <c>_VBA_PROJECT</c>, which holds the names that the compiled form uses.</param>
internal sealed record VbaProject(string Storage, IReadOnlyList<VbaModule> Modules, IReadOnlyList<string> References, ReadOnlyMemory<byte> Names);
