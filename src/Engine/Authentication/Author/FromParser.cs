namespace Platform.Engine.Authentication.Author;

/// <summary>Reads the tokens of one From value as a list of mailboxes and groups (RFC 5322, 3.4).</summary>
internal sealed class FromParser(List<FromToken> tokens, FromReading reading)
{
    private int _position;
    private bool _inGroup;

    // Readers differ on where quotes and comments end: then what stands in them may be what a client takes for the address.
    private bool IsAmbiguous => reading.Oddities.Contains(FromOddity.StrayBackslash) || reading.Oddities.Contains(FromOddity.Unclosed) || reading.Oddities.Contains(FromOddity.Control);

    public void Run()
    {
        while (_position < tokens.Count && !reading.IsFull)
            Item();
        if (_inGroup)
            reading.Oddities.Add(FromOddity.Unclosed);
    }

    // One item of the list, to its comma, semicolon or the end.
    private void Item()
    {
        var start = _position;
        var phrase = new List<FromToken>();
        var after = new List<FromToken>();
        var brackets = 0;
        var ended = false;
        while (_position < tokens.Count && !ended)
        {
            var token = tokens[_position++];
            if (token.IsMark(',') || token.IsMark(';'))
            {
                _inGroup &= token.IsMark(',');
                ended = true;
            }
            else if (token.IsMark('<'))
            {
                brackets++;
                Bracket();
            }
            else if (token.IsMark(':') && brackets == 0 && !_inGroup)
            {
                _inGroup = true;
                reading.Oddities.Add(FromOddity.Group);
                Name(phrase, AddressPlace.Name);
                phrase.Clear();
                start = _position;
            }
            else if (token.Kind == FromTokenKind.Comment)
            {
                Comment(token);
            }
            else
            {
                (brackets > 0 ? after : phrase).Add(token);
            }
        }

        if (brackets == 0)
            BareAddress(phrase, isEmpty: _position - start <= (ended ? 1 : 0));
        else
            Around(phrase, after);
    }

    // <[route] local@domain>, to its closing bracket. Commas end nothing in here.
    private void Bracket()
    {
        var content = new List<FromToken>();
        var closed = false;
        while (_position < tokens.Count && !tokens[_position].IsMark('<') && !closed)
        {
            var token = tokens[_position++];
            closed = token.IsMark('>');
            if (token.Kind == FromTokenKind.Comment)
                Comment(token);
            else if (!closed)
                content.Add(token);
        }

        if (!closed)
            reading.Oddities.Add(_position < tokens.Count ? FromOddity.StrayMark : FromOddity.Unclosed);
        var first = content is [{ } at, ..] && at.IsMark('@') ? Route(content) : 0;
        var found = AddressTokens.Read(content, first, reading);
        if (found.Count == 0)
        {
            foreach (var token in content)
                reading.Text(token.Text, AddressPlace.Name, isCandidate: true);
            reading.Oddities.Add(FromOddity.EmptyItem);
        }

        if (found.Count > 1 || (found.Count == 1 && (found[0].Start > first || found[0].End < content.Count)))
            reading.Oddities.Add(FromOddity.BrokenAddress);
        foreach (var address in found)
            reading.Candidate(address.Local, address.Domain, AddressPlace.Mailbox);
    }

    // The route is the domains before the colon; without a colon there is none.
    private int Route(List<FromToken> content)
    {
        var colon = content.FindIndex(token => token.IsMark(':'));
        if (colon < 0)
            return 0;
        reading.Oddities.Add(FromOddity.Route);
        foreach (var token in content.Take(colon))
            if (token.Kind == FromTokenKind.Atom)
                reading.Text($"route@{token.Text}", AddressPlace.Route, isCandidate: false);
        return colon + 1;
    }

    // No brackets: the address stands bare, alone by the standard, in practice after a name.
    private void BareAddress(List<FromToken> phrase, bool isEmpty)
    {
        var found = AddressTokens.Read(phrase, 0, reading);
        if (found.Count == 0)
        {
            if (!isEmpty || phrase.Count > 0)
                Name(phrase, AddressPlace.Name, isCandidate: true);
            reading.Oddities.Add(FromOddity.EmptyItem);
            return;
        }

        var isCovered = new bool[phrase.Count];
        foreach (var address in found)
        {
            reading.Candidate(address.Local, address.Domain, AddressPlace.Mailbox);
            Array.Fill(isCovered, true, address.Start, address.End - address.Start);
        }

        if (found.Count > 1)
            reading.Oddities.Add(FromOddity.BrokenAddress);
        if (Array.Exists(isCovered, covered => !covered))
            reading.Oddities.Add(FromOddity.MissingBrackets);
        Name([.. phrase.Where((_, index) => !isCovered[index])], AddressPlace.Name);
    }

    // What stands before and after the brackets. Before them is the name to every client; after them some read an address.
    private void Around(List<FromToken> phrase, List<FromToken> after)
    {
        var before = AddressTokens.Read(phrase, 0, reading, isName: true);
        foreach (var address in before)
        {
            reading.Oddities.Add(FromOddity.AddressInPhrase);
            reading.Text($"{address.Local}@{address.Domain}", AddressPlace.Name, IsAmbiguous);
        }

        Name([.. phrase.Where(token => token.Kind is FromTokenKind.Quoted or FromTokenKind.Atom)], AddressPlace.Name);
        if (phrase.Exists(token => token.IsMark('>') || token.IsMark(')')))
            reading.Oddities.Add(FromOddity.StrayMark);
        if (after.Count == 0)
            return;
        reading.Oddities.Add(FromOddity.TextAfterAddress);
        foreach (var address in AddressTokens.Read(after, 0, reading))
            reading.Candidate(address.Local, address.Domain, AddressPlace.Trailing);
        Name([.. after.Where(token => token.Kind is FromTokenKind.Quoted or FromTokenKind.Atom)], AddressPlace.Trailing, isCandidate: true);
    }

    private void Name(List<FromToken> words, AddressPlace place, bool isCandidate = false)
    {
        // Encoded words side by side are decoded as one text (RFC 2047, 6.2).
        var text = string.Join(' ', words.Select(word => word.Text));
        var known = reading.Addresses.Count;
        reading.Text(text, place, isCandidate || IsAmbiguous);
        if (reading.Addresses.Count > known)
            reading.Oddities.Add(FromOddity.AddressInName);
    }

    private void Comment(FromToken comment)
    {
        var known = reading.Addresses.Count;
        reading.Text(comment.Text, AddressPlace.Comment, IsAmbiguous);
        if (reading.Addresses.Count > known)
            reading.Oddities.Add(FromOddity.AddressInComment);
    }
}
