#Requires -Version 7.2
<#
.SYNOPSIS
Pulls the event feed into a file, one JSON event a line, each exactly once over any number of runs.

.DESCRIPTION
The place in the feed and the length of the file there are kept in a cursor file, which is written beside, flushed and renamed over the
old one after the events are flushed. A killed run's tail behind that place is cut off before the next run goes on. 429 waits as
long as Retry-After says. A cursor that is no longer good ends the run: a gap is for a person to know of.

.PARAMETER SecretFile
File with the client's secret; else the environment variable PLATFORM_CLIENT_SECRET.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [uri] $Url,
    [Parameter(Mandatory)] [string] $ClientId,
    [string] $SecretFile,
    [string] $CursorFile = 'events.cursor',
    [Parameter(Mandatory)] [string] $Output,
    [ValidateSet('', 'ecs', 'ocsf', 'asim')] [string] $Format = '',
    [string] $Tenant,
    [ValidateRange(0, 30)] [int] $Wait = 30,
    [switch] $Once
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$limit = 1000
$longestPause = 60
$base = $Url.AbsoluteUri.TrimEnd('/')
$secret = if ($SecretFile) { (Get-Content -Raw -LiteralPath $SecretFile).Trim() } else { $env:PLATFORM_CLIENT_SECRET }
if (-not $secret) { throw 'The secret is needed: PLATFORM_CLIENT_SECRET or -SecretFile.' }
$CursorFile = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($CursorFile)
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$script:token = $null

function Get-Token {
    $form = @{ grant_type = 'client_credentials'; client_id = $ClientId; client_secret = $secret }
    (Invoke-RestMethod -Method Post -Uri "$base/connect/token" -Body $form -TimeoutSec 90).access_token
}

# The answer of a request that is repeated where that is asked for or may help.
function Get-Page([string] $Query) {
    $pause = 1
    $renewed = $false
    while ($true) {
        try {
            if (-not $script:token) { $script:token = Get-Token }
            $answer = Invoke-WebRequest -Uri "$base/v1/events?$Query" -Headers @{ Authorization = "Bearer $script:token"; Accept = 'application/json' } -SkipHttpErrorCheck -TimeoutSec 90
        }
        catch [System.Net.Http.HttpRequestException], [System.Threading.Tasks.TaskCanceledException] {
            Write-Warning "No connection ($($_.Exception.Message)); trying again in $pause s."
            Start-Sleep -Seconds $pause
            $pause = [Math]::Min($pause * 2, $longestPause)
            continue
        }

        switch ([int] $answer.StatusCode) {
            200 { return [Text.Encoding]::UTF8.GetString($answer.RawContentStream.ToArray()) }
            401 {
                if ($renewed) { throw 'The token is refused.' }
                $script:token = $null
                $renewed = $true
            }
            { $_ -in 429, 502, 503, 504 } {
                $told = $answer.Headers['Retry-After'] | Select-Object -First 1
                Start-Sleep -Seconds $(if ($told -match '^\d+$') { [int] $told } else { $pause })
                $pause = [Math]::Min($pause * 2, $longestPause)
            }
            default { throw "The platform refused: $_ $($answer.Content)" }
        }
    }
}

# Old or new, never half.
function Save-Place([string] $Cursor, [long] $Length) {
    $bytes = [Text.Encoding]::UTF8.GetBytes((@{ cursor = $Cursor; length = $Length } | ConvertTo-Json -Compress))
    $beside = "$CursorFile.new"
    $file = [IO.FileStream]::new($beside, [IO.FileMode]::Create, [IO.FileAccess]::Write)
    try {
        $file.Write($bytes)
        $file.Flush($true)
    }
    finally { $file.Dispose() }
    [IO.File]::Move($beside, $CursorFile, $true)
}

$cursor = $null
$stream = [IO.FileStream]::new($Output, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::Write, [IO.FileShare]::Read)
try {
    if (Test-Path -LiteralPath $CursorFile) {
        $kept = Get-Content -Raw -LiteralPath $CursorFile | ConvertFrom-Json
        $cursor = $kept.cursor
        $stream.SetLength($kept.length)
    }

    $null = $stream.Seek(0, [IO.SeekOrigin]::End)
    while ($true) {
        $query = "limit=$limit"
        if (-not $Once -and $Wait) { $query += "&wait=$Wait" }
        if ($Format) { $query += "&format=$Format" }
        if ($Tenant) { $query += '&tenant=' + [uri]::EscapeDataString($Tenant) }
        if ($cursor) { $query += '&after=' + [uri]::EscapeDataString($cursor) }
        $page = [Text.Json.JsonDocument]::Parse((Get-Page $query))
        try {
            foreach ($event in $page.RootElement.GetProperty('events').EnumerateArray()) {
                $stream.Write([Text.Encoding]::UTF8.GetBytes($event.GetRawText() + "`n"))
            }

            $stream.Flush($true)
            $next = $page.RootElement.GetProperty('nextCursor').GetString()
            $more = $page.RootElement.GetProperty('hasMore').GetBoolean()
        }
        finally { $page.Dispose() }
        if ($next -ne $cursor) {
            Save-Place $next $stream.Position
            $cursor = $next
        }

        if ($Once -and -not $more) { break }
    }
}
finally { $stream.Dispose() }
