import Testing

@testable import Providers

@Suite("Settings of a mail server")
struct SMTPSettingsTests {
    private func settings(_ operators: String) throws -> SMTPSettings {
        try SMTPSettings.decode(
            bytes(
                #"{"host":"smtp.example.com","from_address":"a@mienne.com","operators_address":\#(operators)}"#))
    }

    @Test("notices to the workspace's own people go to the address that is named; to nobody where none is")
    func operators() throws {
        #expect(try settings(#""ops@mienne.com""#).operators?.address == "ops@mienne.com")
        #expect(try settings("null").operators == nil)
    }

    @Test(
        "what is no address, or could begin a header, is refused with its key",
        arguments: [#""ops""#, #""a@b.c, d@e.f""#, #""a@mienne.com\r\nBcc: all@example.com""#, #""Ops <a@b.co>""#])
    func malformed(operators: String) {
        let error = #expect(throws: ProviderSettingsProblem.self) { _ = try settings(operators) }
        #expect(error?.description.contains("operators_address") == true)
    }
}
