"""Pages in the manner of the templates that county sites, news sites and public accounts use; the wording is our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "某县推行“三色台账”让矛盾化解在村口"
SOURCE = "来源：某县融媒体中心 发布时间：2023-05-08 10:22 作者：王小明"
BODY = (
    "近年来，某县紧盯群众身边的小矛盾、小纠纷，推行红黄绿“三色台账”，把问题解决在村口、化解在萌芽。",
    "一、主要做法",
    "（一）分级登记。全县划分网格236个，配备网格员512名，网格员每日走访，逐户登记，当天上报。",
    "（二）限时销号。红色事项24小时内由乡镇党委书记包案，黄色事项3天内办结，绿色事项由村民小组长当场调解。",
    "二、取得成效",
    "2022年，全县共排查矛盾纠纷1860件，化解1842件，化解率达99%，信访总量比上年下降31.5%。",
    "三、存在问题",
    "个别村网格员年龄偏大，手机操作不熟练，登记不及时的情况仍然存在。",
    "下一步，某县将为每个村配备一名信息员，并把台账接入县级平台。",
)
NAVIGATION = ("网站首页", "政务公开", "新闻中心", "互动交流", "走进某县", "专题专栏", "数据发布")
OFFERS = (
    "某县召开春季造林动员会议",
    "某镇开展道路安全宣传活动",
    "某乡举办种养殖技术培训班",
    "全县安全生产会议召开",
    "某县组织干部外出学习",
)
FURNITURE = (*NAVIGATION, *OFFERS, "某ICP备05000000号", "网站标识码", "扫一扫在手机打开当前页", "相关阅读", "上一篇", "打印本页")


def paragraphs(body: Sequence[str]) -> str:
    return "\n".join(f'<p style="text-indent: 2em;">{line}</p>' for line in body)


def around(inner: str, title: str = TITLE, head: str = "") -> str:
    """A page with everything that sites put around an article."""
    menu = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(NAVIGATION))
    offers = "".join(
        f'<li><a href="/art/{number}.html">{name}</a> <span>05-0{number + 1}</span></li>' for number, name in enumerate(OFFERS)
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_某县人民政府</title>{head}
<style>.a {{ color: red }} /* 样式不是正文。 */</style><script>var words = "脚本不是正文。";</script></head>
<body><!-- 注释不是正文。 --><div class="header"><div class="nav"><ul>{menu}</ul></div></div>
<div class="wz">当前位置：<a href="/">首页</a> &gt; <a href="/xw/">新闻中心</a> &gt; 正文</div>
{inner}
<div class="xg"><h3>相关阅读</h3><ul>{offers}</ul></div>
<div>上一篇：<a href="/1">全县安全生产会议召开</a></div>
<div class="ewm"><p>扫一扫在手机打开当前页</p></div><p>【打印本页】 【关闭窗口】</p>
<div class="footer"><p>版权所有：某县人民政府 某ICP备05000000号 网站标识码0000000000</p><p>主办：某县人民政府办公室</p></div>
<template><p>模板不是正文。</p></template><div style="display:none"><p>隐藏的文字不是正文，不应当出现。</p></div></body></html>"""


def headed(inner: str) -> str:
    return f'<div class="box"><h1>{TITLE}</h1><div class="info">{SOURCE}</div>{inner}</div>'


def _cells(body: Sequence[str]) -> str:
    return "<br><br>".join(f"&emsp;&emsp;{line}" for line in body)


TEMPLATES: dict[str, Callable[[Sequence[str]], str]] = {
    "TRS editor": lambda body: around(headed(f'<div id="zoom"><div class="TRS_Editor">{paragraphs(body)}</div></div>')),
    "WCM with meta": lambda body: around(
        headed(f'<div class="view TRS_UEDITOR trs_paper_default trs_word">{paragraphs(body)}</div>'),
        head=f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2023-05-08 10:22">',
    ),
    "lines ended by br": lambda body: around(headed(f'<div class="content">{"<br/>".join(f"　　{line}" for line in body)}</div>')),
    "text in a layout table": lambda body: around(
        f'<table width="980"><tr><td class="left">菜单</td><td><b>{TITLE}</b><br>{SOURCE}<br>{_cells(body)}</td></tr></table>'
    ),
    "nested layout tables": lambda body: around(
        f"<table><tr><td><table><tr><td>{TITLE}</td></tr><tr><td>{SOURCE}</td></tr><tr><td>{paragraphs(body)}</td></tr></table></td></tr></table>"
    ),
    "div soup": lambda body: around(
        headed("<div><div>" + "".join(f"<div><div><span>{line}</span></div></div>" for line in body) + "</div></div>")
    ),
    "p inside span": lambda body: around(headed(f"<div><span><font>{paragraphs(body)}</font></span></div>")),
    "public account": lambda body: (
        f'<html><head><meta property="og:title" content="{TITLE}"><title></title></head><body id="activity-detail">'
        f'<h1 id="activity-name">{TITLE}</h1>'
        '<div id="meta_content"><a id="js_name" href="javascript:void(0);">某县发布</a> <em id="publish_time">2023-05-08 10:22</em></div>'
        '<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">'
        + "".join(f'<section><section><p><span style="font-size: 15px;">{line}</span></p></section></section>' for line in body)
        + '</div><script>var ct = "1683512520";</script>'
        '<div style="display: none;"><p>微信扫一扫，使用小程序查看全部内容。</p></div></body></html>'
    ),
    "no closing tags": lambda body: around(f"<div id=zoom><h1>{TITLE}</h1><p>{SOURCE}" + "".join(f"<p>{line}" for line in body) + "</div>"),
    "XHTML": lambda body: (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{TITLE}</title></head><body>{headed(paragraphs(body))}</body></html>'
    ),
    "article element": lambda body: around(f"<main><article>{headed(paragraphs(body))}</article></main>"),
    "upper case of the nineties": lambda body: around(
        f"<CENTER><FONT SIZE=5><B>{TITLE}</B></FONT></CENTER><HR><FONT SIZE=2>{SOURCE}</FONT><BR>"
        + "".join(f"<P>{line}</P>" for line in body)
    ),
    "quotations and sections": lambda body: around(
        headed("<section>" + "".join(f"<blockquote><p>{line}</p></blockquote>" for line in body) + "</section>")
    ),
}
"""A name, and a page around the paragraphs of a body."""
