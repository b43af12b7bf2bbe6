namespace Platform.Engine.Behaviour.Basic;

/// <summary>Outlook: a macro that writes to everybody in the address book spreads itself; one that mails a report does not.</summary>
internal static class BasicMailObjects
{
    private const string Book = "address book";

    public static object? Member(BasicObject item, string name, List<object?> given, BasicInterpreter interpreter)
    {
        switch (name)
        {
            case "createitem":
                return new BasicObject("mail");
            case "addresslists" or "addressentries" or "getglobaladdresslist":
                interpreter.Machine.ReadMachine(Book);
                return new BasicObject("addresses");
            case "getnamespace" or "session" or "getdefaultfolder" or "folders" or "items":
                return new BasicObject("namespace");
            case "attachments" or "recipients":
                return new BasicObject("attachments");
            case "add":
                return BasicFunctions.None;
            case "send" when item.Kind == "mail":
                if (interpreter.Machine.HasRead(Book))
                    interpreter.Log.Did(BehaviourKind.Exfiltrate, "T1534", "mail to all of the address book");
                return BasicFunctions.None;
            default:
                return null;
        }
    }
}
