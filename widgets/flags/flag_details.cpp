// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/flag_details.h"

#include "models/base/time_text.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/hairline.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/scroll_body.h"
#include "widgets/common/side_head.h"
#include "widgets/common/text_label.h"
#include "widgets/flags/instance_values.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

class FlagDetails::Private
{
public:
    Private(const FlagStore &s, const QString &e) : store(s), environment(e) {}

    const FlagStore &store;
    QString environment;
    common::SideHead *head = nullptr;
    QLabel *description = nullptr, *noRollback = nullptr;
    InstanceValues *values = nullptr;
    common::FactRows *change = nullptr;
    common::MonoBox *rollback = nullptr;
    QPushButton *copy = nullptr;
};

FlagDetails::FlagDetails(const FlagStore &store, const QString &environment, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(store, environment))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    auto *scroll = new QScrollArea(this);
    auto *body = new common::ScrollBody(scroll);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins({});
    column->setSpacing(0);
    outer->addWidget(scroll);

    d->head = new common::SideHead(theme::monoFont(theme::TextSize::Small, QFont::DemiBold), body);
    d->head->title()->setObjectName(u"flagTitle"_s);
    d->head->showIcon(theme::Icon::Flags, theme::Token::Accent);
    connect(d->head, &common::SideHead::closeRequested, this, &FlagDetails::closeRequested);
    column->addWidget(d->head);

    d->description = common::textLabel(u"1"_s, theme::font(), body);
    d->description->setObjectName(u"flagDescription"_s);
    d->description->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 12);
    column->addWidget(d->description);
    column->addWidget(common::hairline(body));

    const auto section = [&](const QString &title, const QList<QWidget *> &content, QWidget *right = nullptr) {
        auto *box = new QVBoxLayout;
        box->setContentsMargins(theme::pagePadding, 12, theme::pagePadding, 12);
        box->setSpacing(8);
        auto *titleRow = new QHBoxLayout;
        titleRow->addWidget(common::textLabel(u"1"_s, theme::font(theme::TextSize::Body, QFont::DemiBold), body, title),
                            1);
        if (right)
            titleRow->addWidget(right);
        box->addLayout(titleRow);
        for (QWidget *widget : content)
            box->addWidget(widget);
        column->addLayout(box);
    };
    d->values = new InstanceValues(body);
    d->values->setObjectName(u"instanceValues"_s);
    section(tr("What runs now"), {d->values});
    column->addWidget(common::hairline(body));
    d->change = new common::FactRows(body);
    d->change->setObjectName(u"changeFacts"_s);
    section(tr("Last change"), {d->change});
    column->addWidget(common::hairline(body));
    d->rollback = new common::MonoBox({}, body);
    d->rollback->setObjectName(u"rollback"_s);
    d->rollback->setAccessibleName(tr("Rollback without the console"));
    d->noRollback = common::textLabel(u"3"_s, theme::font(), body, tr("The service names none."));
    d->copy = new QPushButton(tr("Copy"), body);
    d->copy->setObjectName(u"copyRollback"_s);
    d->copy->setProperty("role", u"link"_s);
    d->copy->setToolTip(tr("Copy these lines"));
    connect(d->copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(d->rollback->toPlainText()); });
    section(tr("Rollback without the console"), {d->rollback, d->noRollback}, d->copy);
    column->addStretch(1);
}

FlagDetails::~FlagDetails() = default;

void FlagDetails::show(const FlagLine &row, Timestamp now, const QTimeZone &zone)
{
    const Flag *flag = row.newest();
    d->head->title()->setText(row.name);
    QStringList where{row.system, d->environment};
    if (flag && !flag->version.isEmpty())
        where.append(tr("version %1").arg(flag->version));
    d->head->subtitle()->setText(where.join(u", "_s));
    d->description->setText(flag && !flag->description.isEmpty() ? flag->description
                                                                 : tr("The service does not say what it does."));

    QList<InstanceValues::Line> lines;
    QStringList answered;
    for (const Flag &each : row.perInstance) {
        answered.append(each.id.instance);
        const Snapshot<QList<Flag>> snapshot = d->store.instanceFlags(row.system, each.id.instance);
        const bool isKnown = !row.silent.contains(each.id.instance);
        InstanceValues::Line line;
        line.instance = each.id.instance;
        line.value = !isKnown ? FlagLine::Value::Unknown : each.value ? FlagLine::Value::On : FlagLine::Value::Off;
        const QString age = snapshot.data ? tr("%1 ago").arg(ageText(now - snapshot.fetchedAt)) : QString();
        if (!isKnown)
            line.words = tr("was %1, %2").arg(each.value ? tr("on") : tr("off"), age);
        else if (each.pendingRestart)
            line.words = tr("%1 after restart").arg(each.configuredValue.value_or(!each.value) ? tr("on") : tr("off"));
        else
            line.words = tr("read %1").arg(age);
        line.isPending = isKnown && each.pendingRestart;
        const auto started = d->store.startedAt(row.system, each.id.instance);
        line.toolTip = started ? tr("Started %1").arg(rfc3339(*started)) : tr("When it started is not known");
        lines.append(line);
    }
    for (const QString &instance : d->store.instancesOf(row.system)) {
        if (answered.contains(instance))
            continue;
        const Snapshot<QList<Flag>> snapshot = d->store.instanceFlags(row.system, instance);
        lines.append({instance, FlagLine::Value::Unknown,
                      snapshot.error ? wordsFor(snapshot.error->kind) : tr("does not have it"),
                      snapshot.error ? sentenceFor(*snapshot.error) : QString(), false});
    }
    d->values->show(lines);

    QList<common::Fact> facts;
    const auto known = [&](const QString &label, const QString &value) {
        facts.append(value.isEmpty() ? common::Fact{label, tr("not known"), theme::Token::Text3}
                                     : common::Fact{label, value});
    };
    if (flag) {
        if (flag->source == u"default" && !flag->updatedAt) {
            facts.append({tr("Who"), tr("nobody, it is the default"), theme::Token::Text2});
        } else {
            known(tr("Who"), flag->updatedBy);
            if (flag->updatedAt)
                facts.append(
                    {tr("When"),
                     tr("%1, %2 ago").arg(whenText(*flag->updatedAt, now, zone), ageText(now - *flag->updatedAt)),
                     theme::Token::Text1, false, rfc3339(*flag->updatedAt)});
            else
                known(tr("When"), {});
            known(tr("Why"), flag->reason);
        }
        known(tr("Set by"), flag->source);
        facts.append({tr("Takes effect"), flag->atRestart ? tr("at restart") : tr("live")});
        known(tr("Default"), flag->defaultValue ? (*flag->defaultValue ? tr("on") : tr("off")) : QString());
        known(tr("Phase"), flag->phase ? QString::number(*flag->phase) : QString());
        facts.append({tr("Needs"), flag->dependsOn.isEmpty() ? tr("no other flag") : flag->dependsOn.join(u", "_s),
                      theme::Token::Text1, !flag->dependsOn.isEmpty()});
    }
    d->change->setFacts(facts);

    const QString rollback = flag ? flag->rollback : QString();
    if (d->rollback->toPlainText() != rollback)
        d->rollback->setText(rollback);
    d->rollback->setVisible(!rollback.isEmpty());
    d->copy->setVisible(!rollback.isEmpty());
    d->noRollback->setVisible(rollback.isEmpty());
}

} // namespace atalaya::flags

#include "moc_flag_details.cpp"
