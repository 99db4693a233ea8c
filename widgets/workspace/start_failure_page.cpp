// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/start_failure_page.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/workspace/dropped_file.h"

#include <QtCore/QDir>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

class FailureGlyph final : public QWidget
{
public:
    explicit FailureGlyph(QWidget *parent) : QWidget(parent) { setFixedSize(24, 24); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::StatePainter(theme::themeOf(this)).paint(painter, State::Critical, rect());
    }
};

/// "FILE:LINE at /pointer" in its parts; line and pointer stay empty where they are not said.
struct FaultPlace
{
    QString line;
    QString pointer;
};

FaultPlace faultPlaceOf(const QString &endpoint)
{
    FaultPlace place;
    QString rest = endpoint;
    if (const qsizetype at = rest.lastIndexOf(u" at /"); at >= 0) {
        place.pointer = rest.sliced(at + 4);
        rest.truncate(at);
    }
    const QString number = rest.section(u':', -1);
    bool isNumber = false;
    number.toInt(&isNumber);
    if (isNumber)
        place.line = number;
    return place;
}

} // namespace

StartFailurePage::StartFailurePage(const QString &file, const Error &error, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"startFailurePage"_s);
    setWindowTitle(tr("Atalaya"));
    setAcceptDrops(true);
    auto *card = new QFrame(this);
    card->setProperty("card", true);
    card->setMinimumWidth(560);
    card->setMaximumWidth(784);

    QLabel *title = new QLabel(tr("This workspace cannot be used"), card);
    title->setObjectName(u"failureTitle"_s);
    title->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    auto *why = new QLabel(error.summary.left(1).toUpper() + error.summary.mid(1), card);
    why->setObjectName(u"failureSummary"_s);
    why->setProperty("tone", u"2"_s);
    why->setWordWrap(true);
    why->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(title);
    words->addWidget(why);
    auto *head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(new FailureGlyph(card), 0, Qt::AlignTop);
    head->addLayout(words, 1);

    auto *facts = new QFormLayout;
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(8);
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto fact = [&](const QString &name, const QString &value, const QString &objectName) {
        if (value.isEmpty())
            return;
        auto *label = new QLabel(name, card);
        label->setProperty("tone", u"3"_s);
        label->setMinimumWidth(72);
        auto *text = new QLabel(value, card);
        text->setObjectName(objectName);
        text->setFont(theme::monoFont());
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        facts->addRow(label, text);
    };
    const FaultPlace place = faultPlaceOf(error.endpoint);
    fact(tr("File"), QDir::toNativeSeparators(file), u"failureFile"_s);
    fact(tr("Line"), place.line, u"failureLine"_s);
    fact(tr("Place"), place.pointer, u"failurePointer"_s);
    fact(tr("Details"), error.serverWords, u"failureWords"_s);

    auto *again = new QPushButton(tr("&Try again"), card);
    again->setObjectName(u"tryAgain"_s);
    again->setProperty("role", u"primary"_s);
    again->setToolTip(tr("Read the file again after mending it (Alt+T)"));
    auto *open = new QPushButton(tr("Open another…"), card);
    open->setObjectName(u"openAnother"_s);
    open->setShortcut(QKeySequence(u"Ctrl+O"_s));
    open->setToolTip(tr("Open another workspace file (Ctrl+O)"));
    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(again);
    actions->addWidget(open);
    actions->addStretch();
    auto *hint = new QLabel(tr("Nothing was asked of any server. The file was only read."), card);
    hint->setProperty("tone", u"3"_s);
    hint->setFont(theme::font(theme::TextSize::Small));

    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(32, 24, 32, 24);
    layout->setSpacing(16);
    layout->addLayout(head);
    layout->addLayout(facts);
    layout->addLayout(actions);
    layout->addWidget(hint);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(card, 8);
    across->addStretch(1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 24, 24, 24);
    outer->addStretch(1);
    outer->addLayout(across);
    outer->addStretch(2);

    connect(again, &QPushButton::clicked, this, &StartFailurePage::tryAgainRequested);
    connect(open, &QPushButton::clicked, this, [this] {
        askForWorkspaceFile(this, [this](const QString &chosen) { Q_EMIT workspaceOpenRequested(chosen); });
    });
}

void StartFailurePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedWorkspaceFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void StartFailurePage::dropEvent(QDropEvent *event)
{
    const QString file = droppedWorkspaceFile(event->mimeData());
    if (!file.isEmpty())
        Q_EMIT workspaceOpenRequested(file);
}

} // namespace atalaya::workspace

#include "moc_start_failure_page.cpp"
