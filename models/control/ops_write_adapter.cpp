// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/ops_write_adapter.h"

#include "models/control/continued.h"
#include "models/control/curl_text.h"
#include "models/control/reply.h"
#include "models/http/body_decoder.h"
#include "models/http/json_reader.h"

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;
using http::Json;

namespace {

constexpr int auditPages = 5;
constexpr int auditPageSize = 100;

QString fieldText(const Json &json, const char *key)
{
    return http::stringAt(json, key).value_or(QString());
}

QStringList wordsAt(const Json &json, const char *key)
{
    QStringList words;
    if (const Json *list = http::arrayAt(json, key)) {
        for (const Json &item : *list) {
            if (item.is_string())
                words += http::toQString(item);
        }
    }
    return words;
}

QString stateField(const TargetState &state, const QString &name)
{
    const auto it = state.fields.find(name);
    return it == state.fields.end() ? QString() : it->second;
}

std::optional<Outcome> recordedOutcome(const QString &result)
{
    if (result == u"applied")
        return Outcome::Applied;
    if (result == u"noop")
        return Outcome::Unchanged;
    if (result == u"denied")
        return Outcome::Refused;
    if (result == u"conflict")
        return Outcome::Conflict;
    if (result == u"error")
        return Outcome::Failed;
    return std::nullopt;
}

/// The code of a problem+json body; a proxy in front has none.
QString problemCode(const http::HttpResponse &response)
{
    const Result<QByteArray> body = http::plainBody(response);
    const Result<Json> json = body ? http::parseJson(*body, {}) : Result<Json>(failure(body.error()));
    return json ? fieldText(*json, "code") : QString();
}

/// An answer that is no success: only the contract's own words say more than the status.
Reply opsRefusal(const http::HttpResponse &response)
{
    Reply reply = replyOfRefusal(response);
    const QString code = problemCode(response);
    if (response.status == 503 && code == u"unavailable")
        reply.claim = Outcome::Refused;
    // The same key is being worked on: what comes of that is not known yet.
    if (response.status == 409 && code == u"in_progress") {
        reply.claim = Outcome::Unknown;
        reply.isOver = false;
    }
    return reply;
}

/// What a row list of reset-all amounts to: the worst of its rows.
Reply rowsReply(const Json &rows, int status)
{
    Reply reply;
    reply.httpStatus = status;
    reply.isOver = true;
    QStringList words;
    int applied = 0, unchanged = 0, conflicts = 0, errors = 0;
    for (const Json &row : rows) {
        const QString result = fieldText(row, "result");
        applied += result == u"applied";
        unchanged += result == u"noop";
        conflicts += result == u"conflict";
        errors += result == u"error";
        QString text = fieldText(row, "name") + u' ' + (result == u"noop" ? u"unchanged"_s : result);
        if (const QString why = fieldText(row, "error"); !why.isEmpty())
            text += u" ("_s + why + u')';
        words += text;
    }
    reply.detail = words.join(u", "_s);
    if (applied + unchanged + conflicts + errors != static_cast<int>(rows.size()) || rows.empty())
        reply.claim = Outcome::Unknown;
    else if (errors > 0)
        reply.claim = Outcome::Failed;
    else if (conflicts > 0)
        reply.claim = Outcome::Conflict;
    else
        reply.claim = applied > 0 ? Outcome::Applied : Outcome::Unchanged;
    return reply;
}

} // namespace

Result<OpsIdentity> decodeOpsIdentity(const http::HttpResponse &response)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    OpsIdentity identity{fieldText(*json, "instance_id"), fieldText(*json, "started_at"), fieldText(*json, "contract"),
                         wordsAt(*json, "capabilities"), wordsAt(*json, "roles")};
    if (identity.instanceId.isEmpty() || identity.contract.isEmpty())
        return failure(ErrorKind::Malformed, response.endpoint, u"answered an /info without instance_id or contract"_s);
    return identity;
}

std::optional<Error> objectionToWrite(const OpsIdentity &identity, const QString &capability, const QString &endpoint)
{
    Error error;
    error.endpoint = endpoint;
    error.nothingSent = true;
    if (identity.contract != u"ops/1") {
        error.kind = ErrorKind::Unsupported;
        error.summary = u"speaks the contract %1, not ops/1"_s.arg(identity.contract);
        return error;
    }
    if (!identity.capabilities.contains(capability)) {
        error.kind = ErrorKind::Unsupported;
        error.summary = u"does not offer %1"_s.arg(capability);
        return error;
    }
    if (!identity.roles.isEmpty() && !identity.roles.contains(u"operator"_s)) {
        error.kind = ErrorKind::Forbidden;
        error.summary = u"the credential's role is %1; operator is needed"_s.arg(identity.roles.join(u", "_s));
        return error;
    }
    return std::nullopt;
}

Result<OpsAuditPage> decodeOpsAudit(const http::HttpResponse &response, const QString &idempotencyKey,
                                    const QString &correlationId)
{
    const Result<Json> json = http::jsonAnswer(response);
    if (!json)
        return failure(json.error());
    const Json *entries = http::arrayAt(*json, "entries");
    if (!entries)
        return failure(ErrorKind::Malformed, response.endpoint, u"answered an audit without entries"_s);
    OpsAuditPage page;
    page.nextCursor = fieldText(*json, "next_cursor");
    for (const Json &entry : *entries) {
        const QString key = fieldText(entry, "idempotency_key");
        const QString correlation = fieldText(entry, "correlation_id");
        const bool isOurs =
            (!key.isEmpty() && key == idempotencyKey) || (!correlation.isEmpty() && correlation == correlationId);
        const std::optional<Outcome> result = recordedOutcome(fieldText(entry, "result"));
        // A repeated request is in there more than once; the one that had the effect counts.
        if (!isOurs || !result || page.result == Outcome::Applied)
            continue;
        page.result = result;
        page.words = u"its audit says %1 at %2"_s.arg(fieldText(entry, "result"), fieldText(entry, "at"));
    }
    return page;
}

Reply opsReply(const Result<http::HttpResponse> &answer)
{
    if (!answer)
        return replyOfError(answer.error());
    if (answer->status < 200 || answer->status > 299)
        return opsRefusal(*answer);
    Reply reply;
    reply.httpStatus = answer->status;
    const Result<Json> json = http::jsonAnswer(*answer);
    if (!json) {
        reply.detail = json.error().summary;
        return reply;
    }
    if (const Json *rows = http::arrayAt(*json, "results"))
        return rowsReply(*rows, answer->status);
    const std::optional<Outcome> result = recordedOutcome(fieldText(*json, "result"));
    if (result != Outcome::Applied && result != Outcome::Unchanged) {
        reply.detail = u"answered HTTP %1 without saying what it did"_s.arg(answer->status);
        return reply;
    }
    reply.claim = *result;
    reply.isOver = true;
    if (answer->status == 202)
        reply.detail = u"accepted; takes effect at the next start"_s;
    return reply;
}

OpsWrite::OpsWrite(http::Transport &transport, workspace::EndpointResolver &resolver, OpsPlace place)
    : m_transport(transport), m_resolver(resolver), m_place(std::move(place))
{
    if (m_place.base.isEmpty())
        m_place.base = u"/ops/v1"_s;
}

Pending<OpsIdentity> OpsWrite::fetchIdentity(const http::Endpoint &endpoint)
{
    return decodeOffThread<OpsIdentity>(m_transport.fetch(endpoint, {.path = m_place.base + u"/info"_s}),
                                        decodeOpsIdentity);
}

Pending<TargetState> OpsWrite::fetchState(const http::Endpoint &endpoint, const OpsIdentity &identity)
{
    return continued<TargetState>(m_transport.fetch(endpoint, {.path = m_place.base + resource()}), this,
                                  [this, identity](const http::HttpResponse &response) {
                                      Result<TargetState> state = stateFrom(response);
                                      if (state) {
                                          state->fields[u"instance_id"_s] = identity.instanceId;
                                          state->fields[u"started_at"_s] = identity.startedAt;
                                      }
                                      return readyNow(std::move(state));
                                  });
}

Pending<TargetState> OpsWrite::read()
{
    return continued<TargetState>(endpoint(), this, [this](const http::Endpoint &place) {
        return continued<TargetState>(fetchIdentity(place), this, [this, place](const OpsIdentity &identity) {
            if (const auto objection = objectionToWrite(identity, capability(), m_place.access.url.toString()))
                return readyNow<TargetState>(failure(*objection));
            return fetchState(place, identity);
        });
    });
}

http::HttpRequest OpsWrite::wholeRequest(const Ticket &ticket, const TargetState &before) const
{
    http::HttpRequest request = requestFor(ticket, before);
    request.path = m_place.base + request.path;
    request.contentType = "application/json";
    request.headers.append({"Idempotency-Key", ticket.idempotencyKey.toUtf8()});
    request.headers.append({"X-Correlation-ID", ticket.correlationId.toUtf8()});
    request.headers.append({"X-Ops-Instance", stateField(before, u"instance_id"_s).toUtf8()});
    if (hasIfMatch())
        request.headers.append({"If-Match", before.version.toUtf8()});
    request.maxBytes = 1024 * 1024;
    return request;
}

Pending<Reply> OpsWrite::send(const Ticket &ticket, const TargetState &before)
{
    return continued<Reply>(endpoint(), this, [this, ticket, before](const http::Endpoint &place) {
        auto promise = std::make_shared<QPromise<Result<Reply>>>();
        promise->start();
        whenDone(m_transport.send(place, wholeRequest(ticket, before)), this,
                 [promise](const Result<http::HttpResponse> &answer) {
                     promise->addResult(opsReply(answer));
                     promise->finish();
                 });
        return promise->future();
    });
}

Pending<OpsAuditPage> OpsWrite::fetchAudit(const http::Endpoint &endpoint, const Ticket &ticket, const QString &cursor,
                                           int pagesLeft)
{
    http::HttpRequest request;
    request.path = m_place.base + u"/audit"_s;
    request.query = {{u"limit"_s, QString::number(auditPageSize)}};
    if (!cursor.isEmpty())
        request.query.append({u"cursor"_s, cursor});
    const auto decode = [key = ticket.idempotencyKey, correlation = ticket.correlationId](
                            const http::HttpResponse &response) { return decodeOpsAudit(response, key, correlation); };
    return continued<OpsAuditPage>(decodeOffThread<OpsAuditPage>(m_transport.fetch(endpoint, request), decode), this,
                                   [this, endpoint, ticket, pagesLeft](const OpsAuditPage &page) {
                                       if (page.result || page.nextCursor.isEmpty() || pagesLeft <= 1)
                                           return readyNow<OpsAuditPage>(page);
                                       return fetchAudit(endpoint, ticket, page.nextCursor, pagesLeft - 1);
                                   });
}

Pending<ReadBack> OpsWrite::readBack(const Ticket &ticket, const TargetState &before, bool needsProof)
{
    const auto look = [this, ticket, before](const http::Endpoint &place, const OpsIdentity &identity,
                                             const std::optional<OpsAuditPage> &audit) {
        const bool isSameLife = identity.instanceId == stateField(before, u"instance_id"_s) &&
                                identity.startedAt == stateField(before, u"started_at"_s);
        if (!isSameLife && !(audit && audit->result))
            return readyNow<ReadBack>(failure(
                ErrorKind::Conflict, place.url.toString(),
                u"the process that was asked is gone; another one (%1) answers there"_s.arg(identity.instanceId)));
        return continued<ReadBack>(fetchState(place, identity), this,
                                   [this, ticket, before, audit](const TargetState &state) {
                                       ReadBack seen;
                                       seen.state = state;
                                       seen.isWanted = isWanted(ticket, state, before);
                                       seen.wasWanted = wasWanted(ticket, before);
                                       seen.isInEffect = isInEffect(state);
                                       if (audit) {
                                           seen.proven = audit->result;
                                           seen.proof = audit->words;
                                           // Older pages that were not read may hold it.
                                           seen.recordWasRead = audit->result || audit->nextCursor.isEmpty();
                                       }
                                       return readyNow<ReadBack>(seen);
                                   });
    };
    return continued<ReadBack>(endpoint(), this, [this, ticket, needsProof, look](const http::Endpoint &place) {
        return continued<ReadBack>(
            fetchIdentity(place), this, [this, ticket, needsProof, look, place](const OpsIdentity &identity) {
                if (!needsProof || !identity.capabilities.contains(u"audit.read"_s))
                    return look(place, identity, std::nullopt);
                auto promise = std::make_shared<QPromise<Result<ReadBack>>>();
                promise->start();
                whenDone(fetchAudit(place, ticket, {}, auditPages), this,
                         [this, promise, look, place, identity](const Result<OpsAuditPage> &page) {
                             // An audit that cannot be read proves nothing; the target still tells something.
                             whenDone(look(place, identity, page ? std::optional(*page) : std::nullopt), this,
                                      [promise](const Result<ReadBack> &seen) {
                                          promise->addResult(seen);
                                          promise->finish();
                                      });
                         });
                return promise->future();
            });
    });
}

QString OpsWrite::curl(const Ticket &ticket, const TargetState &before) const
{
    return curlText(m_place.access, m_place.auth, wholeRequest(ticket, before));
}

} // namespace atalaya::control
