import HTTPTransport

/// The account counts calls at once, not calls a second; no header tells how many there are.
extension NetSuiteSettings {
    var lane: GateLane {
        GateLane("netsuite", GateLimits(slots: concurrency, failuresMax: failuresMax)) { response in
            var reading = GateReading(usual: response)
            guard !response.isSuccess else { return reading }
            let code = NetSuiteErrorWords.read(response).code
            reading.isLimited = reading.isLimited || NetSuiteErrorWords.limitCodes.contains(code)
            return reading
        }
    }
}
