extension CurlHTTPClient: MailClient {
    public func send(_ mail: MailSubmission) async throws -> MailAnswer {
        let plan = CurlRequestPlan(try CurlMailPlan(mail), timeout: mail.timeout)
        let response = try await exchange(plan)
        return MailAnswer(code: response.status, text: String(decoding: response.body, as: UTF8.self))
    }
}
