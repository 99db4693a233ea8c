// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/first_run_page.h"

#include "widgets/common/hairline.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/workspace/dropped_file.h"

#include <QtGui/QDragEnterEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

/// An icon that is drawn in the theme of the moment, so that it follows a change of it.
class ChoiceGlyph final : public QWidget
{
public:
    ChoiceGlyph(theme::Icon icon, QWidget *parent) : QWidget(parent), m_icon(icon) { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::paintIcon(painter, m_icon, rect(), theme::themeOf(this).color(theme::Token::Text2));
    }

private:
    theme::Icon m_icon;
};

QLabel *firstRunText(const QString &text, const QString &tone, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setProperty("tone", tone);
    label->setWordWrap(true);
    return label;
}

} // namespace

class FirstRunPage::Private
{
public:
    QPushButton *drill = nullptr;
    QPushButton *open = nullptr;
    QLabel *progress = nullptr;
    QLabel *problem = nullptr;
    QString drillHint;
    QString openHint;

    void setResting(const QString &why)
    {
        for (QPushButton *button : {drill, open})
            button->setEnabled(why.isEmpty());
        drill->setToolTip(why.isEmpty() ? drillHint : why);
        open->setToolTip(why.isEmpty() ? openHint : why);
    }
};

FirstRunPage::FirstRunPage(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setObjectName(u"firstRunPage"_s);
    setWindowTitle(tr("Atalaya"));
    setAcceptDrops(true);

    auto *card = new QFrame(this);
    card->setProperty("card", true);
    card->setMinimumWidth(560);
    card->setMaximumWidth(704);
    auto *head = new QFrame(card);
    head->setFixedHeight(40);
    auto *headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(16, 0, 16, 0);
    QLabel *headTitle = firstRunText(tr("First run"), u"1"_s, head);
    headTitle->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    headLayout->addWidget(headTitle);
    headLayout->addStretch();
    headLayout->addWidget(firstRunText(tr("no sources"), u"3"_s, head));

    auto *body = new QVBoxLayout;
    body->setContentsMargins(32, 24, 32, 24);
    body->setSpacing(16);
    QLabel *title = firstRunText(tr("Nothing is configured yet"), u"1"_s, card);
    title->setObjectName(u"firstRunTitle"_s);
    title->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    body->addWidget(title);
    body->addWidget(
        firstRunText(tr("Atalaya needs a Prometheus, an Alertmanager or a service to look at. Pick one way to begin; "
                        "both can be undone."),
                     u"2"_s, card));

    const auto choice = [&](theme::Icon icon, const QString &name, const QString &text, QPushButton *button) {
        body->addWidget(common::hairline(card));
        auto *row = new QHBoxLayout;
        row->setSpacing(16);
        row->addWidget(new ChoiceGlyph(icon, card), 0, Qt::AlignVCenter);
        auto *words = new QVBoxLayout;
        words->setSpacing(4);
        QLabel *heading = firstRunText(name, u"1"_s, card);
        heading->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
        words->addWidget(heading);
        words->addWidget(firstRunText(text, u"2"_s, card));
        row->addLayout(words, 1);
        row->addWidget(button, 0, Qt::AlignVCenter);
        body->addLayout(row);
    };
    d->drillHint = tr("Start five sample systems on this computer (Alt+S)");
    d->openHint = tr("Open a workspace file (Ctrl+O)");
    d->drill = new QPushButton(tr("&Start the drill"), card);
    d->drill->setObjectName(u"startDrill"_s);
    d->drill->setProperty("role", u"primary"_s);
    d->open = new QPushButton(tr("Open…"), card);
    d->open->setObjectName(u"openWorkspace"_s);
    d->open->setShortcut(QKeySequence(u"Ctrl+O"_s));
    d->open->setAccessibleName(tr("Open a workspace file"));
    choice(
        theme::Icon::Drill, tr("Start the drill stack"),
        tr("Five sample systems with a private Prometheus and Alertmanager, on this computer only. Nothing leaves it."),
        d->drill);
    choice(theme::Icon::File, tr("Open a workspace file"),
           tr("Environments, systems and sources that a colleague exported. It names secrets and never holds them."),
           d->open);
    body->addWidget(common::hairline(card));
    d->progress = firstRunText({}, u"2"_s, card);
    d->progress->setObjectName(u"firstRunProgress"_s);
    d->progress->hide();
    body->addWidget(d->progress);
    d->problem = firstRunText({}, u"critical"_s, card);
    d->problem->setObjectName(u"firstRunProblem"_s);
    d->problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    d->problem->hide();
    body->addWidget(d->problem);
    QLabel *hint = firstRunText(tr("Or drop a workspace file anywhere in this window."), u"3"_s, card);
    hint->setFont(theme::font(theme::TextSize::Small));
    body->addWidget(hint);

    auto *cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(0, 0, 0, 0);
    cardLayout->setSpacing(0);
    cardLayout->addWidget(head);
    cardLayout->addWidget(common::hairline(card));
    cardLayout->addLayout(body);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(card, 8);
    across->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(1);
    layout->addLayout(across);
    layout->addStretch(2);

    connect(d->drill, &QPushButton::clicked, this, &FirstRunPage::drillRequested);
    connect(d->open, &QPushButton::clicked, this, [this] {
        askForWorkspaceFile(this, [this](const QString &file) { Q_EMIT workspaceOpenRequested(file); });
    });
    d->setResting({});
}

FirstRunPage::~FirstRunPage() = default;

void FirstRunPage::showProgress(const QString &sentence)
{
    d->progress->setText(sentence);
    d->progress->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        d->problem->hide();
    d->setResting(sentence);
}

void FirstRunPage::showProblem(const QString &sentence)
{
    showProgress({});
    d->problem->setText(sentence);
    d->problem->setVisible(!sentence.isEmpty());
}

void FirstRunPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedWorkspaceFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FirstRunPage::dropEvent(QDropEvent *event)
{
    const QString file = droppedWorkspaceFile(event->mimeData());
    if (!file.isEmpty())
        Q_EMIT workspaceOpenRequested(file);
}

} // namespace atalaya::workspace

#include "moc_first_run_page.cpp"
