import HTTPTransport

extension QuickBooksSettings {
    // LIMIT: Intuit's own word: after a refusal for too many calls wait a minute.
    static let wait: Duration = .seconds(60)

    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        let limits = GateLimits(rate: rate.withMargin, slots: concurrency, failuresMax: failuresMax)
        return GateLane("quickbooks", limits) { response in
            var reading = GateReading(usual: response)
            reading.isLimited = reading.isLimited || QuickBooksErrorWords.read(response).code == "3001"
            if reading.isLimited { reading.retryAfter = reading.retryAfter ?? Self.wait }
            return reading
        }
    }

    /// Where tokens are renewed: another server, with limits of its own.
    var oauthLane: GateLane {
        GateLane("quickbooks/oauth", GateLimits(failuresMax: failuresMax))
    }
}
