import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

extension Endpoint {
    static func emails(_ verbs: EmailVerbs) -> [Endpoint] {
        [
            listEmails(verbs.pool), showEmail(verbs), resendEmail(verbs), resendEmails(verbs),
            listEmailTemplates(verbs.pool), setEmailTemplate(verbs),
        ]
    }

    private static func listEmails(_ pool: PostgresPool) -> Endpoint {
        let query: [Operation.QueryParameter] = [
            .init(name: "status", description: "How they stand.", schema: Schemas.oneOf(EmailReader.statuses)),
            .init(name: "subject", description: "What they are about, e.g. a return's id."),
        ]
        return .get(
            "/emails", .emailsRead,
            .list("listEmails", "Mails to customers and the workspace's own people, newest first", query, of: "Email")
        ) { request in
            let filter = EmailReader.Filter(
                status: try request.query.oneOf("status", EmailReader.statuses), subject: request.query.text("subject"))
            return .ok(
                try await EmailReader.list(filter, PageRequest(request.query), in: request.workspaceID, pool)
                    .json(\.json))
        }
    }

    private static func showEmail(_ verbs: EmailVerbs) -> Endpoint {
        .get("/emails/{id}", .emailsRead, .show("showEmail", "One mail", "Email")) {
            .ok(try await verbs.email($0).json)
        }
    }

    private static func resendEmail(_ verbs: EmailVerbs) -> Endpoint {
        .post(
            "/emails/{id}/resend", .emailsWrite,
            .verb("resendEmail", "Sends a mail again that is unknown, failed or held, under its Message-ID", "Email")
        ) { try await verbs.resend($0) }
    }

    private static func resendEmails(_ verbs: EmailVerbs) -> Endpoint {
        .post(
            "/emails/resend", .emailsWrite,
            .verb(
                "resendEmails",
                "Sends the mails again that failed in a time; 'more' says that there are others to ask for",
                body: "EmailResend", "EmailsResent")
        ) { try await verbs.resendFailed($0) }
    }

    private static func listEmailTemplates(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/email-templates", .emailsRead,
            Operation(
                id: "listEmailTemplates",
                summary: "The mails of which the workspace has own words, or which are off",
                answers: [200: "EmailTemplateList"])
        ) { request in
            .ok(Page(all: try await EmailTemplateReader.list(in: request.workspaceID, pool)).json(\.json))
        }
    }

    private static func setEmailTemplate(_ verbs: EmailVerbs) -> Endpoint {
        .put(
            "/email-templates/{template}", .emailsWrite,
            Operation(
                id: "setEmailTemplate",
                summary: "Puts own words for a mail in force, or switches it off; 422 names what is wrong with them",
                body: "EmailTemplateWords", answers: [200: "EmailTemplate"])
        ) { try await verbs.setTemplate($0) }
    }
}

/// What people do about mails, in their name.
struct EmailVerbs: Sendable {
    let pool: PostgresPool
    let sender: CommandSender

    private struct Template: Decodable {
        var locale: String
        var enabled: Bool?
        var subject: String?
        var text: String?
        var html: String?
    }

    /// The mail that the path names. Failure: 404.
    func email(_ request: APIRequest) async throws -> EmailReader.Record {
        guard let email = try await EmailReader.find(request.id(EmailID.self), in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        return email
    }

    /// Failure: 404; 409 for a mail that is neither unknown, failed nor held, and for one whose words are gone; 503
    /// without an answer, unless the mail is under way.
    fileprivate func resend(_ request: APIRequest) async throws -> APIAnswer {
        let reason = try request.decode(ReasonBody.self).checkedReason()
        let email = try await email(request)
        let outcome = try await sender.send(
            ResendEmail(emailID: email.id, reason: reason), subject: email.id.description, for: request)
        let now = try await self.email(request)
        // WHY: the answer tells how the sending ended, and a mail server may take longer than anybody waits. Not kept under
        // a key: another sending may be what is under way, and then this one is refused.
        if case .pending = outcome, now.isUnderWay { return .pending(now.json) }
        _ = try outcome.answered()
        return .accepted(now.json)
    }

    private struct FailedMails: Decodable {
        var since: Date
        var until: Date?
        var template: String?
        var reason: String
    }

    fileprivate func resendFailed(_ request: APIRequest) async throws -> APIAnswer {
        let body: FailedMails = try request.decode()
        let reason = try ReasonBody.checked(body.reason)
        if let until = body.until, until <= body.since {
            throw Problem.invalid("until", "It must be later than 'since'.")
        }
        let template = body.template.flatMap(MailName.init(rawValue:))
        if let name = body.template, template == nil {
            var problem = Problem.invalid("template", "There is no mail '\(name)'.")
            problem.allowed = MailName.allCases.map(\.rawValue)
            throw problem
        }
        let command = ResendEmails(since: body.since, until: body.until, template: template, reason: reason)
        let reply: ResendEmails.Reply = try await sender.send(command, subject: "emails", for: request)
            .answered().decode()
        return .accepted(["resent": .int(reply.resent), "more": .bool(reply.more)])
    }

    fileprivate func setTemplate(_ request: APIRequest) async throws -> APIAnswer {
        let body: Template = try request.decode()
        guard let name = request.parameters["template"].flatMap(MailName.init(rawValue:)) else {
            throw Problem(
                404, "not_found", "There is no such mail.", allowed: MailName.allCases.map(\.rawValue))
        }
        let command = SetEmailTemplate(
            template: name, locale: LanguageTag(body.locale)?.text ?? body.locale, enabled: body.enabled ?? true,
            subject: body.subject, text: body.text, html: body.html)
        switch try await sender.send(command, subject: name.rawValue, for: request) {
        case .refused(let refusal): throw Problem(422, refusal.code, refusal.message)
        case .pending: throw Problem(503, "unavailable", "The template was sent and not answered yet; look again.")
        case .accepted:
            let templates = try await EmailTemplateReader.list(in: request.workspaceID, pool)
            guard let set = templates.first(where: { $0.template == name.rawValue && $0.locale == command.locale })
            else { throw Problem.notFound }
            return .ok(set.json)
        }
    }
}
