[assembly: Xunit.AssemblyFixture(typeof(Platform.Api.Tests.Hosting.TestPlatform))]
