using Microsoft.AspNetCore.Mvc;
using Platform.Api.Edge;
using Platform.Api.Identity.Approvals;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.SelfService;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Identity;

/// <summary>Everything below <c>/account</c> (pages for people) and <c>/connect</c> (OAuth 2.0 and OpenID Connect).</summary>
internal static class AccountRoutes
{
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        var connect = routes.MapGroup("/connect").AllowAnybody().ExcludeFromDescription();
        connect.MapPost("/token", TokenEndpoint.HandleAsync);
        connect.MapMethods("/authorize", ["GET", "POST"], AuthorizeEndpoint.HandleAsync);
        connect.MapMethods("/verify", ["GET", "POST"], DeviceEndpoint.HandleAsync);
        connect.MapMethods("/logout", ["GET", "POST"], EndSessionEndpoint.HandleAsync);
        connect.MapMethods("/userinfo", ["GET", "POST"], UserInfoEndpoint.HandleAsync);

        // Style and script carry nothing of a visitor; the pages do.
        PageAssets.Map(routes.MapGroup("/account").AllowAnybody().ExcludeFromDescription());
        var account = routes.MapGroup("/account");
        account.AllowAnybody().ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(PageGuard.MaxFormBytes))
            .AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<PageGuard>().InvokeAsync(context, next));
        SignInRoutes.Map(account);
        SecondFactor.Map(account);
        PasskeyRoutes.Map(account);
        OutsideRoutes.Map(account);
        NewPasswordRoutes.Map(account);
        SelfServiceRoutes.Map(account);
        ApprovalRoutes.Map(account);
    }
}
