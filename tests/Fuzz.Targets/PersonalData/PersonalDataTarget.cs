using System.Text;
using Platform.Engine.PersonalData;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Fuzz.Targets.PersonalData;

/// <summary>Texts looked at for personal data. Throws when a promise is broken.</summary>
public static class PersonalDataTarget
{
    internal static IReadOnlyList<string> Seeds { get; } =
    [
        "マイナンバー: 1234 5678 9018\n氏名\t個人番号\n山田\t123456789018",
        "4539-5787-6362-1486 DE44 5001 0517 5407 3249 31 T7000012050002",
        "〒160-0023 東京都新宿区西新宿2-8-1 090-1234-5678 +44 20 7946 0958",
        "서울특별시 강남구 테헤란로 152 주민등록번호 900101-1234568 여권번호 M123A4567",
        "12 High Street, Oxford OX1 4AB a@b.co b@b.co c@b.co d@b.co e@b.co 口座番号,銀行\n1234567,みずほ銀行",
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var source = Encoding.UTF8.GetString(input);
        Hold(PlainForm.Of(source).Length <= (4 * source.Length) + 16, "the form is bounded by the text");
        var findings = PersonalDataScan.Run([new ScannedText(PersonalDataPart.Body, "", source)], new HashSet<string>(), CancellationToken.None).Findings;
        foreach (var finding in findings)
        {
            Hold(finding.Count >= 1 && finding.Places.Count == 1, "what is found has a place");
            Hold(finding.Places[0].Sample.Contains('*', StringComparison.Ordinal), "a sample hides its end");
        }
    }

    private static void Hold(bool isKept, string promise)
    {
        if (!isKept)
            throw new InvalidOperationException($"Broken promise: {promise}.");
    }
}
