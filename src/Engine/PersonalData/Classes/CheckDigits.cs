namespace Platform.Engine.PersonalData.Classes;

/// <summary>Check digits of the schemes.</summary>
internal static class CheckDigits
{
    /// <summary>ISO/IEC 7812-1, annex B.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[^(index + 1)] - '0';
            if (index % 2 == 1 && (digit *= 2) > 9)
                digit -= 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>Order of the Ministry of Internal Affairs 85 of 2014, article 5: weights 2 to 7 and again 2 to 6, from the right.</summary>
    public static bool MyNumber(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var n = 1; n <= 11; n++)
            sum += (digits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        var rest = sum % 11;
        return digits[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
    }

    /// <summary>Order of the Ministry of Finance 70 of 2014, article 2: weights 1 and 2 in turn from the right, 9 less the rest of 9.</summary>
    public static bool CorporateNumber(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var n = 1; n <= 12; n++)
            sum += (digits[13 - n] - '0') * (n % 2 == 1 ? 1 : 2);
        return digits[0] - '0' == 9 - (sum % 9);
    }

    /// <summary>Weights 2 to 9 and 2 to 5; of foreigners' numbers two more (as given out until September 2020).</summary>
    public static bool ResidentNumber(ReadOnlySpan<char> digits, bool isForeigner)
    {
        var sum = 0;
        for (var index = 0; index < 12; index++)
            sum += (digits[index] - '0') * (2 + (index % 8));
        return digits[12] - '0' == ((isForeigner ? 13 : 11) - (sum % 11)) % 10;
    }

    /// <summary>ISO/IEC 7064, MOD 97-10, with the first four characters moved to the end (ISO 13616-1, 6).</summary>
    public static bool Iban(ReadOnlySpan<char> iban)
    {
        var rest = 0;
        for (var index = 0; index < iban.Length; index++)
        {
            var character = iban[(index + 4) % iban.Length];
            rest = char.IsAsciiDigit(character) ? ((rest * 10) + character - '0') % 97 : ((rest * 100) + character - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    /// <summary>ICAO Doc 9303 part 3, 4.9: weights 7, 3, 1; letters count from 10, fillers nothing.</summary>
    public static bool TravelDocument(ReadOnlySpan<char> field, char check)
    {
        var sum = 0;
        for (var index = 0; index < field.Length; index++)
        {
            var value = field[index] switch { '<' => 0, >= 'A' and var letter => letter - 'A' + 10, var digit => digit - '0' };
            sum += value * (index % 3) switch { 0 => 7, 1 => 3, _ => 1 };
        }

        return (check == '<' ? 0 : check - '0') == sum % 10;
    }
}
