namespace Platform.Engine.Behaviour;

/// <summary>
/// Runs scripts of one language in a made-up world that can reach nothing, and writes down what they try. Must not throw for any
/// source, and must stop when the budget of the log says so. The same source gives the same log.
/// </summary>
internal interface IEmulator
{
    bool Runs(ScriptLanguage language);

    void Run(ScriptSource script, BehaviourLog log);
}
