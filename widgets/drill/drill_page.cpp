// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drill/drill_page.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/theme.h"

#include <QtCore/QSet>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStyle>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::drill {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *drillText(const QString &text, const QString &tone, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setProperty("tone", tone);
    label->setWordWrap(true);
    return label;
}

void setTone(QLabel *label, const QString &tone)
{
    if (label->property("tone").toString() == tone)
        return;
    label->setProperty("tone", tone);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

QString askedKey(const QString &name, const QString &instance)
{
    return name + u'\n' + instance;
}

} // namespace

DrillPage::DrillPage(DrillController &controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_problem(drillText({}, u"warning"_s, this))
    , m_empty(drillText({}, u"2"_s, this))
    , m_list(new QVBoxLayout)
{
    setObjectName(u"drillPage"_s);
    auto *content = new QWidget(this);
    content->setProperty("surface", u"none"_s);
    m_list->setSpacing(theme::cardGap);
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(theme::pagePadding, theme::pagePadding, theme::pagePadding, theme::pagePadding);
    contentLayout->setSpacing(12);
    contentLayout->addWidget(drillText(
        tr("Start an incident, watch what this console shows of it, and stop it again. It happens only in the drill "
           "stack on this computer."),
        u"2"_s, content));
    m_problem->setObjectName(u"drillProblem"_s);
    contentLayout->addWidget(m_problem);
    m_empty->setObjectName(u"drillEmpty"_s);
    contentLayout->addWidget(m_empty);
    contentLayout->addLayout(m_list);
    contentLayout->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(&m_controller, &DrillController::changed, this, [this] {
        m_asked.clear();
        refresh();
    });
    connect(&m_controller, &DrillController::failed, this,
            [this](const QString &name, const QString &instance, const QString &sentence) {
                m_asked.remove(askedKey(name, instance));
                m_failure = tr("%1 on %2: %3").arg(name, instance, sentence);
                refresh();
            });
    refresh();
}

QString DrillPage::subtitle() const
{
    int running = 0;
    const QList<Incident> incidents = m_controller.incidents();
    for (const Incident &incident : incidents)
        running += incident.running.isEmpty() ? 0 : 1;
    if (incidents.isEmpty())
        return {};
    return running == 0 ? tr("%1 rehearsed, none running").arg(incidents.size())
                        : tr("%1 of %2 rehearsed incidents running").arg(running).arg(incidents.size());
}

void DrillPage::filterSystem(const QString &key)
{
    m_system = key;
    refresh();
}

DrillPage::Row DrillPage::makeRow(const Incident &incident)
{
    Row row;
    auto *card = new QFrame(this);
    card->setObjectName(u"incident_"_s + incident.name);
    card->setProperty("card", true);
    row.widget = card;
    QLabel *title = drillText(incident.title.isEmpty() ? incident.name : incident.title, u"1"_s, card);
    title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    title->setWordWrap(false);
    QLabel *system = drillText(incident.system, u"3"_s, card);
    system->setWordWrap(false);
    row.state = drillText({}, u"3"_s, card);
    row.state->setWordWrap(false);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(system);
    head->addStretch(1);
    head->addWidget(row.state);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (const QString &instance : incident.instances) {
        auto *button = new QPushButton(card);
        button->setObjectName(u"incident_%1_%2"_s.arg(incident.name, instance));
        button->setIconSize(QSize(17, 12));
        buttons->addWidget(button);
        row.buttons.insert(instance, button);
        connect(button, &QPushButton::clicked, this, [this, name = incident.name, instance] {
            for (const Incident &known : m_controller.incidents()) {
                if (known.name != name)
                    continue;
                m_failure.clear();
                m_asked.insert(askedKey(name, instance));
                m_controller.setIncident(name, instance, !known.running.contains(instance));
            }
            refresh();
        });
    }
    buttons->addStretch(1);
    row.instances = incident.instances;
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(6);
    layout->addLayout(head);
    if (!incident.description.isEmpty())
        layout->addWidget(drillText(incident.description, u"2"_s, card));
    layout->addSpacing(4);
    layout->addLayout(buttons);
    return row;
}

void DrillPage::fillRow(const Incident &incident, Row &row)
{
    const auto count = incident.running.size();
    row.state->setText(count == 0 ? tr("not running")
                                  : tr("running on %1 of %2").arg(count).arg(incident.instances.size()));
    setTone(row.state, count == 0 ? u"3"_s : u"warning"_s);
    row.state->setFont(theme::font(theme::TextSize::Body, count == 0 ? QFont::Normal : QFont::DemiBold));
    for (auto it = row.buttons.cbegin(); it != row.buttons.cend(); ++it) {
        const bool running = incident.running.contains(it.key());
        const bool asked = m_asked.contains(askedKey(incident.name, it.key()));
        it.value()->setText(running ? tr("Stop on %1").arg(it.key()) : tr("Start on %1").arg(it.key()));
        it.value()->setIcon(theme::icon(running ? theme::Icon::Stop : theme::Icon::Play,
                                        running ? theme::Token::Warning : theme::Token::Text1));
        it.value()->setEnabled(!asked);
        it.value()->setToolTip(asked     ? tr("The drill stack was told; waiting for its answer")
                               : running ? tr("Let %1 recover").arg(it.key())
                                         : tr("Let it happen on %1").arg(it.key()));
        it.value()->setAccessibleName(u"%1, %2"_s.arg(incident.title, it.value()->text()));
    }
}

void DrillPage::refresh()
{
    const QList<Incident> incidents = m_controller.incidents();
    QStringList sentences;
    if (!m_controller.problem().isEmpty())
        sentences += m_controller.problem();
    if (!m_failure.isEmpty())
        sentences += m_failure;
    m_problem->setText(sentences.join(u'\n'));
    m_problem->setVisible(!sentences.isEmpty());

    QSet<QString> wanted;
    int shown = 0;
    for (const Incident &incident : incidents) {
        wanted.insert(incident.name);
        auto it = m_rows.find(incident.name);
        if (it != m_rows.end() && it->instances != incident.instances) {
            delete it->widget;
            m_rows.erase(it);
            it = m_rows.end();
        }
        if (it == m_rows.end()) {
            it = m_rows.insert(incident.name, makeRow(incident));
            m_list->insertWidget(std::min(static_cast<int>(wanted.size()) - 1, m_list->count()), it->widget);
        }
        fillRow(incident, *it);
        const bool visible = m_system.isEmpty() || incident.system == m_system;
        it->widget->setVisible(visible);
        shown += visible ? 1 : 0;
    }
    for (auto it = m_rows.begin(); it != m_rows.end();) {
        if (wanted.contains(it.key())) {
            ++it;
            continue;
        }
        delete it->widget;
        it = m_rows.erase(it);
    }
    m_empty->setVisible(shown == 0);
    m_empty->setText(incidents.isEmpty()
                         ? (m_controller.problem().isEmpty() ? tr("Waiting for the drill stack's list of incidents.")
                                                             : tr("The list of incidents is not known."))
                         : tr("No incident is rehearsed for %1.").arg(m_system));
    Q_EMIT subtitleChanged();
}

} // namespace atalaya::drill

#include "moc_drill_page.cpp"
