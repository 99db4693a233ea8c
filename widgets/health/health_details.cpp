// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_details.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/common/hairline.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/scroll_body.h"
#include "widgets/common/side_head.h"
#include "widgets/common/text_label.h"
#include "widgets/health/instance_lines.h"
#include "widgets/health/raw_answer_text.h"
#include "widgets/health/startup_panel.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

/// A hatched strip: what stands on it is not known.
class HatchedSection final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::Theme &look = theme::themeOf(this);
        painter.fillRect(rect(), look.color(theme::Token::StaleBackground));
        theme::paintHatch(painter, rect(), look.color(theme::Token::Line));
    }
};

} // namespace

class HealthDetails::Private
{
public:
    Private(HealthDetails &details, HealthStore &s) : q(details), store(s) {}

    void build();
    void showRaw();
    void showStartup();

    HealthDetails &q;
    HealthStore &store;
    common::SideHead *head = nullptr;
    QLabel *note = nullptr, *rawTitle = nullptr, *rawAge = nullptr, *dialect = nullptr, *unknownTitle = nullptr,
           *unknownText = nullptr;
    InstanceLines *lines = nullptr;
    common::MonoBox *raw = nullptr;
    QWidget *startupSection = nullptr, *unknownSection = nullptr;
    QVBoxLayout *startupColumn = nullptr;
    QHash<QString, StartupPanel *> startups;

    HealthLine row;
    QString chosen;
    QByteArray shownRaw;
    RawAnswerText rawText;
    Timestamp now{};
    QTimeZone zone = QTimeZone::utc();
};

void HealthDetails::Private::build()
{
    auto *outer = new QVBoxLayout(&q);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    auto *scroll = new QScrollArea(&q);
    auto *body = new common::ScrollBody(scroll);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins({});
    column->setSpacing(0);

    head = new common::SideHead(theme::font(theme::TextSize::Title, QFont::DemiBold), &q);
    head->title()->setObjectName(u"healthTitle"_s);
    head->subtitle()->setObjectName(u"healthSubtitle"_s);
    QObject::connect(head, &common::SideHead::closeRequested, &q, &HealthDetails::closeRequested);
    outer->addWidget(head);
    outer->addWidget(scroll, 1);

    auto *instances = new QVBoxLayout;
    instances->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 12);
    lines = new InstanceLines(body);
    lines->setObjectName(u"instanceLines"_s);
    note = common::textLabel(u"warning"_s, theme::font(theme::TextSize::Small), body);
    instances->addWidget(lines);
    instances->addWidget(note);
    column->addLayout(instances);
    column->addWidget(common::hairline(body));

    auto *answer = new QVBoxLayout;
    answer->setContentsMargins(theme::pagePadding, 12, theme::pagePadding, 12);
    answer->setSpacing(8);
    auto *rawRow = new QHBoxLayout;
    rawTitle = common::textLabel(u"1"_s, theme::font(theme::TextSize::Body, QFont::DemiBold), body);
    rawTitle->setObjectName(u"rawTitle"_s);
    rawAge = common::textLabel(u"2"_s, theme::font(theme::TextSize::Small), body);
    rawAge->setObjectName(u"rawAge"_s);
    rawAge->setWordWrap(false);
    rawRow->addWidget(rawTitle, 1);
    rawRow->addWidget(rawAge);
    answer->addLayout(rawRow);
    raw = new common::MonoBox({}, body);
    raw->setObjectName(u"rawAnswer"_s);
    raw->setAccessibleName(tr("Raw answer"));
    raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    answer->addWidget(raw);
    auto *dialectRow = new QHBoxLayout;
    dialect = common::textLabel(u"2"_s, theme::font(theme::TextSize::Small), body);
    dialect->setObjectName(u"dialect"_s);
    auto *copy = new QPushButton(tr("Copy"), body);
    copy->setObjectName(u"copyRaw"_s);
    copy->setProperty("role", u"link"_s);
    copy->setToolTip(tr("Copy the answer as it came"));
    QObject::connect(copy, &QPushButton::clicked, &q,
                     [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(shownRaw)); });
    dialectRow->addWidget(dialect, 1);
    dialectRow->addWidget(copy, 0, Qt::AlignTop);
    answer->addLayout(dialectRow);
    column->addLayout(answer);

    startupSection = new QWidget(body);
    auto *startupOuter = new QVBoxLayout(startupSection);
    startupOuter->setContentsMargins({});
    startupOuter->setSpacing(0);
    startupOuter->addWidget(common::hairline(startupSection));
    startupColumn = new QVBoxLayout;
    startupColumn->setContentsMargins(theme::pagePadding, 12, theme::pagePadding, 12);
    startupColumn->setSpacing(12);
    startupOuter->addLayout(startupColumn);
    column->addWidget(startupSection);

    unknownSection = new HatchedSection(body);
    unknownSection->setObjectName(u"notKnown"_s);
    auto *unknownColumn = new QVBoxLayout(unknownSection);
    unknownColumn->setContentsMargins(theme::pagePadding, 12, theme::pagePadding, 12);
    unknownColumn->setSpacing(8);
    unknownTitle = common::textLabel(u"1"_s, theme::font(theme::TextSize::Body, QFont::DemiBold), unknownSection);
    unknownText = common::textLabel(u"2"_s, theme::font(), unknownSection);
    unknownText->setObjectName(u"notKnownText"_s);
    auto *tryNow = new QPushButton(tr("Try now"), unknownSection);
    tryNow->setObjectName(u"tryNow"_s);
    tryNow->setIcon(theme::icon(theme::Icon::Refresh));
    tryNow->setToolTip(tr("Ask every probe again at once"));
    QObject::connect(tryNow, &QPushButton::clicked, &q, &HealthDetails::tryNowRequested);
    unknownColumn->addWidget(unknownTitle);
    unknownColumn->addWidget(unknownText);
    unknownColumn->addWidget(tryNow, 0, Qt::AlignLeft);
    column->addWidget(unknownSection);
    column->addStretch(1);

    QObject::connect(lines, &InstanceLines::instanceChosen, &q, [this](const QString &instance) {
        chosen = instance;
        q.show(row, now, zone);
    });
}

void HealthDetails::Private::showRaw()
{
    const Snapshot<InstanceHealth> snapshot = store.health({row.system, chosen});
    const ProbeReport *probe =
        snapshot.data && !snapshot.data->probes.isEmpty() ? &snapshot.data->probes.first() : nullptr;
    rawTitle->setText(chosen.isEmpty() ? tr("Raw answer") : tr("Raw answer, %1").arg(chosen));
    QStringList age;
    if (probe && probe->httpStatus > 0)
        age.append(QString::number(probe->httpStatus));
    if (snapshot.data)
        age.append(tr("%1 ago").arg(ageText(now - snapshot.fetchedAt)));
    rawAge->setText(age.join(u", "_s));
    rawAge->setToolTip(snapshot.data ? rfc3339(snapshot.fetchedAt) : QString());

    const QByteArray body = probe ? probe->raw : QByteArray();
    const int columns = std::max(30, static_cast<int>((raw->viewport()->width() - 16) /
                                                      QFontMetricsF(theme::monoFont()).horizontalAdvance(u'0')));
    const RawAnswerText text =
        probe ? rawAnswerText(body, columns) : RawAnswerText{tr("It never answered."), {}, false};
    if (body != shownRaw || text != rawText || raw->toPlainText().isEmpty()) {
        // The reader's place is kept while nothing but the numbers changes.
        const int scrolled = raw->verticalScrollBar()->value();
        raw->setText(text.text);
        QList<common::MonoBox::Mark> marks;
        for (const RawAnswerText::Word &word : text.words)
            marks.append({word.at, word.length, word.state});
        raw->setMarks(marks);
        raw->verticalScrollBar()->setValue(scrolled);
        shownRaw = body;
        rawText = text;
    }
    QStringList read;
    if (probe)
        read.append(probe->dialect.isEmpty() ? tr("Read as text.") : tr("Read as: %1.").arg(probe->dialect));
    if (probe && !probe->version.isEmpty())
        read.append(tr("Version %1.").arg(probe->version));
    if (text.isCut)
        read.append(tr("Only the beginning is shown."));
    if (snapshot.error)
        read.append(sentenceFor(*snapshot.error));
    dialect->setText(read.join(u' '));
}

void HealthDetails::Private::showStartup()
{
    QStringList wanted;
    for (const QString &instance : std::as_const(row.instances)) {
        const Snapshot<StartupReport> startup = store.startup({row.system, instance});
        if (startup.data || startup.error || startup.loading)
            wanted.append(instance);
    }
    for (auto it = startups.begin(); it != startups.end(); ++it)
        it.value()->setVisible(wanted.contains(it.key()));
    for (const QString &instance : std::as_const(wanted)) {
        StartupPanel *&panel = startups[instance];
        if (!panel) {
            panel = new StartupPanel(startupSection);
            panel->setObjectName(u"startup-"_s + instance);
            startupColumn->addWidget(panel);
            panel->setVisible(true);
        }
        panel->show(instance, store.startup({row.system, instance}), now, zone);
    }
    startupSection->setVisible(!wanted.isEmpty());
}

HealthDetails::HealthDetails(HealthStore &store, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(*this, store))
{
    d->build();
}

HealthDetails::~HealthDetails() = default;

void HealthDetails::show(const HealthLine &row, Timestamp now, const QTimeZone &zone)
{
    const bool isOther =
        d->row.system != row.system || d->row.component != row.component || d->row.isSystem != row.isSystem;
    d->row = row;
    d->now = now;
    d->zone = zone;

    QList<InstanceLines::Line> lines;
    QString worstInstance;
    HealthStatus worst = HealthStatus::Healthy;
    int likeWorst = 0;
    constexpr Timestamp never = Timestamp::max();
    Timestamp since = never;
    QStringList notes;
    for (const QString &instance : row.instances) {
        const InstanceId id{row.system, instance};
        const Snapshot<InstanceHealth> snapshot = d->store.health(id);
        const bool isLive = snapshot.freshness(now) == Freshness::Live;
        InstanceLines::Line line{instance, State::Unknown, {}, {}};
        HealthStatus status = isLive ? d->store.statusNow(id) : HealthStatus::Unknown;
        QString word, latency, detail;
        if (snapshot.data && !snapshot.data->probes.isEmpty()) {
            const ProbeReport &probe = snapshot.data->probes.first();
            word = probe.word.isEmpty() ? statusWord(snapshot.data->status) : probe.word;
            latency = latencyText(probe.latencyMs);
            for (const ComponentHealth &component : probe.components) {
                if (row.isSystem || component.name != row.component)
                    continue;
                status = isLive ? component.status : HealthStatus::Unknown;
                word = component.word.isEmpty() ? statusWord(component.status) : component.word;
                latency = component.latencyMs ? latencyText(*component.latencyMs) : QString();
                detail = component.detail;
            }
            if (isLive && !snapshot.data->note.isEmpty())
                notes.append(instance + u": "_s + snapshot.data->note);
        }
        line.state = isLive ? stateOf(status) : snapshot.data ? State::Stale : State::Unknown;
        if (isLive)
            line.words = latency.isEmpty() ? (detail.isEmpty() || detail.size() > 24 ? word : word + u", "_s + detail)
                                           : word + u", "_s + latency;
        else if (snapshot.data)
            line.words = tr("was %1, %2 ago").arg(word, ageText(now - snapshot.fetchedAt));
        else
            line.words = snapshot.error ? wordsFor(snapshot.error->kind) : tr("not answered yet");
        line.toolTip = snapshot.error ? sentenceFor(*snapshot.error) : detail.isEmpty() ? line.words : detail;
        lines.append(line);
        if (worstInstance.isEmpty() || worseStatus(worst, status) != worst) {
            worstInstance = instance;
            likeWorst = 0;
            since = never;
        }
        worst = worseStatus(worst, status);
        if (status == worst) {
            ++likeWorst;
            since = std::min(since, d->store.since(id).value_or(never));
        }
    }
    if (isOther || !row.instances.contains(d->chosen))
        d->chosen = worstInstance;
    d->lines->show(lines, d->chosen);
    d->note->setVisible(!notes.isEmpty());
    d->note->setText(notes.join(u'\n'));

    d->head->showState(row.state);
    d->head->title()->setText(row.title);
    QString word = row.isSystem ? row.word : row.word.isEmpty() ? row.word : row.word.at(0).toUpper() + row.word.mid(1);
    if (!row.isSilent && since != never && !row.isSystem) {
        // The instance's own status may have changed at another time than this part's: the bar knows better.
        Timestamp began = since;
        if (!row.bar.isEmpty())
            began = row.bar.last().from;
        word = tr("%1 since %2, %3 of %4")
                   .arg(word, clockText(began, zone))
                   .arg(likeWorst)
                   .arg(counted(row.instances.size(), tr("%1 instance"), tr("%1 instances")));
    }
    d->head->subtitle()->setText(row.isSystem ? word : tr("%1, %2").arg(word, row.system));

    d->showRaw();
    d->showStartup();

    QStringList silent;
    std::optional<Timestamp> failingSince;
    QString why;
    for (const QString &instance : row.instances) {
        const Snapshot<InstanceHealth> snapshot = d->store.health({row.system, instance});
        const Freshness freshness = snapshot.freshness(now);
        if (freshness == Freshness::Live || freshness == Freshness::Waiting)
            continue;
        silent.append(instance);
        if (snapshot.error) {
            why = sentenceFor(*snapshot.error);
            if (!failingSince || snapshot.failingSince < *failingSince)
                failingSince = snapshot.failingSince;
        }
    }
    d->unknownSection->setVisible(!silent.isEmpty());
    if (!silent.isEmpty()) {
        d->unknownTitle->setText(silent.size() == row.instances.size()
                                     ? tr("%1 is not known").arg(row.system)
                                     : tr("%1 is not known").arg(silent.join(u", "_s)));
        QString text = failingSince ? tr("%1 stopped answering at %2. What is drawn before that is kept; nothing after "
                                         "it counts as healthy.")
                                          .arg(silent.join(u", "_s), whenText(*failingSince, now, zone))
                                    : tr("%1 did not answer for two intervals. Nothing since then counts as healthy.")
                                          .arg(silent.join(u", "_s));
        if (!why.isEmpty())
            text += u"\n"_s + why;
        d->unknownText->setText(text);
    }
}

} // namespace atalaya::health

#include "moc_health_details.cpp"
