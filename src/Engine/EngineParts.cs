using Platform.Engine.Detectors;
using Platform.Engine.Detectors.Behaviours;
using Platform.Engine.Detectors.Files;
using Platform.Engine.Detectors.Headers;
using Platform.Engine.Detectors.LinkTargets;
using Platform.Engine.Detectors.Listed;
using Platform.Engine.Detectors.Sender;
using Platform.Engine.Detectors.Words;

namespace Platform.Engine;

/// <summary>All detectors, in the order in which they are asked and documented.</summary>
public static class EngineParts
{
    public static IReadOnlyList<IDetector> Detectors { get; } =
    [
        new OwnPersonImpersonation(),
        new OwnDomainForged(),
        new AuthenticationRisk(),
        new LookAlikeSender(),
        new BrandImpersonation(),
        new DisplayNameAddress(),
        new BorrowedOffice(),
        new DeskName(),
        new ReplyToMismatch(),
        new ThreadHijack(),
        new FromShape(),
        new SenderStanding(),
        new CredentialLure(),
        new BankDetailsChange(),
        new PaymentPressure(),
        new GiftCardRequest(),
        new AdvanceFee(),
        new Extortion(),
        new CallBackLure(),
        new ParcelLure(),
        new DocumentLure(),
        new Lures(),
        new Urgency(),
        new SpamWords(),
        new AddressedSubject(),
        new LinkTextMismatch(),
        new LinkHosts(),
        new LinkDisguise(),
        new LinkPath(),
        new ForeignLinks(),
        new OpenRedirect(),
        new ScriptLink(),
        new CredentialForm(),
        new KnownMalware(),
        new ListedTarget(),
        new SenderEntry(),
        new TestVirus(),
        new ExecutableFile(),
        new FileNames(),
        new EncryptedArchive(),
        new ArchiveTricks(),
        new OfficeMacro(),
        new OfficeRemote(),
        new OfficeObject(),
        new PdfActive(),
        new RiskyFile(),
        new ActiveShortcut(),
        new HtmlSmuggling(),
        new ScriptBehaviour(),
        new Obfuscation(),
        new MassMailing(),
        new DateRisk(),
        new MessageIdRisk(),
        new PathRisk(),
        new StructureRisk(),
        new BulkMarks(),
    ];
}
