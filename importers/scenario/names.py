"""Given and family names by naming custom. The people made from them are invented."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Custom:
    """How people of one custom are called: `pattern` puts `given`, `family` and a second family name in order."""

    given: str
    family: str
    pattern: str = "{given} {family}"

    def name(self, rng: Random) -> str:
        """One full name."""
        first, second = rng.sample(self.family.split(), 2)
        given, middle = rng.sample(self.given.split(), 2)
        parts = {"given": given, "middle": middle, "family": first, "second": second}
        return self.pattern.format(**parts).replace("_", " ")


_HISPANIC_GIVEN = (
    "Adriana Álvaro Beatriz Concepción Efraín Fabiola Germán Inés Jimena Joaquín"
    " Lucía María_José Noé Óscar Ximena Zoila"
)
_MAURITANIAN_FAMILY = "اعل_سالم الأمين الحسن السالك بيبكر عبد_الله محفوظ محمود"

CUSTOMS = {
    "akan": Custom(
        "Abena Adwoa Afia Akosua Ama Efua Esi Kojo Kwabena Kwaku Kwame Kweku Nana_Yaw Yaa Yaw",
        "Acheampong Adomako Agyeman Amoako Ampofo Asante Boateng Darko Frimpong Opoku Owusu Sarpong Twumasi",
    ),
    "ewe": Custom(
        "Delali Dzifa Edem Elikem Enyonam Mawuli Sefakor Selorm Senam Yayra",
        "Agbeko Amenyo Dogbe Gakpo Kpodo Kumordzi Amegashie Venunye",
    ),
    "yoruba": Custom(
        "Adébáyọ̀ Ayọ̀délé Bọ́láńlé Fọlákẹ́ Ìyábọ̀ Kẹ́hìndé Olúwaṣeun Ọlámidé Táíwò Títílayọ̀ Yétúndé",
        "Adéyẹmí Afọlábí Akíntọ́lá Bámgbóṣé Ògúnlẹ́yẹ Olánrewájú Ọládipò Ṣóyẹmí",
    ),
    "igbo": Custom(
        "Adaeze Chidi Chioma Chukwuemeka Ezinne Ifeoma Ikenna Kelechi Nkechi Nnamdi Obinna Ụzọamaka",
        "Anyanwu Chukwu Eze Nwachukwu Nwosu Obiora Okafor Okeke Onyekachi Ụmeh",
    ),
    "hausa": Custom(
        "Abubakar Aisha Bello Fatima Garba Hadiza Ibrahim Maryam Musa Sani Zainab",
        "Abdullahi Tanko Gwarzo Kabo Maikudi Ringim Sulaiman Yakubu",
    ),
    "senegambian": Custom(
        "Abdoulaye Aïssatou Aminata Awa Babacar Cheikh_Tidiane Fatou"
        " Ibrahima Khady Lamin Mamadou Mariama Ndèye Ousmane Rokhaya",
        "Bâ Camara Ceesay Cissé Diagne Diallo Diouf Faye Gueye Jallow Mbaye Ndiaye Sarr Sène Touray",
    ),
    "ivorian": Custom(
        "Adjoua Affoué Amani Aya Brou Clarisse Kouadio Konan Mariam N’Guessan Serge Yao",
        "Bamba Coulibaly Dagnogo Kacou Koffi Kouamé Koné Yéo Tanoh Touré Zadi",
    ),
    "beninese": Custom(
        "Afi Bertin Codjo Clémence Dossou Fifamè Gildas Mahougnon Nadège Sènami Sèdjro Yawo",
        "Adjovi Agossou Ahouansou Assogba Dossa Gbaguidi Hounkpatin Houngbo Kpadonou Tossou",
    ),
    "burkinabe": Custom(
        "Alimata Boukary Désiré Fati Hamidou Issouf Pascaline Rasmané Salamata Wendyam",
        "Barry Tiendrébéogo Ilboudo Bationo Nikiéma Ouédraogo Sawadogo Tapsoba Zongo Zoungrana",
    ),
    "sierra_leonean": Custom(
        "Abu Adama Alpha Fatmata Foday Hawa Isatu Memunatu Mohamed Sahr Santigie Tamba",
        "Bangura Conteh Fofanah Lebbie Kamara Jusu Mansaray Sesay Tarawallie Turay",
    ),
    "cape_verdean": Custom(
        "Adilson Carlos_Alberto Djamila Edmilson Ivone José_Manuel Leila_Patrícia Maria_da_Luz Nelson Zenaida",
        "Andrade Brito Rocha Fortes Gonçalves Lopes Monteiro Semedo Tavares Varela",
        "{given} {family} dos Santos {second}",
    ),
    "mauritanian_men": Custom("أحمد الشيخ المختار سيدي محمد يحيى", _MAURITANIAN_FAMILY, "{given} ولد {family}"),
    "mauritanian_women": Custom("آمنة خديجة زينب فاطمة مريم", _MAURITANIAN_FAMILY, "{given} منت {family}"),
    "itaukei": Custom(
        "Adi_Litia Apisai Eseta Ilaitia Jone Kelera Mereseini Ratu_Viliame Salote Sitiveni Vani",
        "Bolatagici Cakau Delai Naqica Naulivou Qalo Rokotuivuna Tabua Vakaloloma Waqa",
    ),
    "indo_fijian": Custom(
        "Anjali Avinash Kavita Nitesh Priya Rajeshni Ravindra Sanjeev Shalini Vikash",
        "Chand Deo Kumar Lal Maharaj Narayan Prakash Reddy Sharma",
    ),
    "papuan": Custom(
        "Apollos Betty Dorcas Elijah Gima Joycelyn Kila Lohia Martha Peter Vagi Wesley",
        "Aisi Geno Haro Kaupa Kewa Mek Morea Nou Pokana Tau Wari",
    ),
    "samoan": Custom(
        "Alofa Faʻafetai Fetu Ioane Leilani Malia Pele Sina Tavita Tomasi Vaimoana",
        "Leota Faleolo Leavasa Mataʻafi Nofoaga Pouono Seumanu Tanielu Toleafoa",
    ),
    "tongan": Custom(
        "ʻAlisi ʻAna Finau Kalolaine Lupe Mele Sefita Sione Siosaia Tevita Viliami",
        "ʻAholelei Fonua Kaufusi Latu Mafi Moala Pahulu Taufa Tonga Vainikolo",
    ),
    "melanesian": Custom(
        "Alice Anselm Basil Charlot Eddie Florence Hensley Jennifer Leisel Moses Willie Yvonne",
        "Bule Garae Kalo Tabi Lauru Molisa Iati Ruarete Nalau Tarimanu Toa",
    ),
    "i_kiribati": Custom(
        "Aretaake Bwere Katarina Mareta Nei_Tabera Rikiaua Tebania Teresia Tiare Uriam",
        "Bauro Iotebwa Kaitara Nataara Rabaere Taberannang Tekanene Toromon",
    ),
    "indonesian": Custom(
        "Agus Ayu Bambang Dewi Dian Fitri I_Gede Ketut Maria_Goretti Ni_Luh Rizky Sri Teguh Wahyu Yohanes",
        "Halim Hidayat Kusuma Lestari Nasution Pratama Purnomo Rahayu Saputra Siregar Wibowo Wulandari",
    ),
    "malay": Custom(
        "Ahmad_Faiz Aishah Azlan Faridah Hafiz Khairul Nor_Azura Nurul_Huda Rosnah Shahrul Siti_Hajar",
        "Abdul_Rahim Bakar Hamzah Ismail Kassim Mansor Osman Yaakob Zulkifli",
        "{given} {family}",
    ),
    "malaysian_chinese": Custom(
        "Chee_Keong Hui_Min Jia_Wei Kah_Seng Mei_Ling Siew_Peng Wai_Loon Xin_Yi",
        "Chong Goh Khoo Lim Ng Ong Teh Yap",
        "{family} {given}",
    ),
    "filipino": Custom(
        "Analyn Benigno Corazón Dalisay Emmanuel Glenda Jericho Ligaya Maricel Reynaldo Rowena Teodoro",
        "Bautista Catacutan Dimaculangan Evangelista Ilagan Macaraeg Pangilinan Magbanua Tolentino Villanueva",
        "{given} {family} {second}",
    ),
    "vietnamese": Custom(
        "Bích_Ngọc Đức_Anh Hoàng_Long Hồng_Nhung Minh_Châu Ngọc_Diệp Quốc_Bảo Thanh_Hương Thu_Trang Tuấn_Kiệt Văn_Phúc",
        "Bùi Đặng Đỗ Hoàng Huỳnh Lê Nguyễn Phạm Phan Trần Trịnh Vũ",
        "{family} {given}",
    ),
    "thai": Custom(
        "Anong Chaiwat Kanokwan Kittipong Malee Nattapong Pimchanok Somsak Suda Thanawat Wichai",
        "Boonmee Charoensuk Kaewmanee Phromma Rattanakorn Saetang Srisawat Thongchai Wongsakul",
    ),
    "khmer": Custom(
        "Bopha Channary Dara Kosal Maly Piseth Rithy Sokha Sophea Sreymom Veasna",
        "Chhay Heng Keo Ly Mao Nhem Ouk Prak Sok Yim",
        "{family} {given}",
    ),
    "lao": Custom(
        "Bounmy Chanthavong Khamla Latsamy Manivanh Phonesavanh Somphone Souksavanh Vilayphone",
        "Douangmala Inthavong Keomany Phommasack Sayavong Sisoulath Vongphachanh",
    ),
    "timorese": Custom(
        "Abílio Domingas Egídio Filomena Jacinta João Lurdes Natalino Olinda Zeferino",
        "da_Costa_Ximenes de_Araújo dos_Reis Sarmento Maia Mendonça Pinto Soares Tilman",
        "{given} {middle} {family}",
    ),
    "hispanic": Custom(
        _HISPANIC_GIVEN,
        "Alvarado Araya Bermúdez Cáceres Chinchilla Espinoza Fonseca Grullón"
        " Jiménez Lagos Montenegro Núñez Peña Quesada Ureña Zúñiga",
        "{given} {family} {second}",
    ),
    "maya": Custom(_HISPANIC_GIVEN, "Ajpop Caal Chocooj Coc Ixcoy Pop Tzoc Xol", "{given} {family} {second}"),
    "caribbean": Custom(
        "Alicia Andre Camille Damian Denise Errol Janelle Keisha Marlon Nadine Odette Rohan Shanice Tyrone Wendell",
        "Alleyne Bascombe Braithwaite Clarke Francis Greenidge Haynes"
        " McKenzie Palmer Pinnock Reid Usher Whyte Springer",
    ),
    "indo_caribbean": Custom(
        "Anil Devika Indra Kamla Navin Reshma Shivanand Vashti",
        "Baksh Gopaul Mohammed Persad Ramlogan Ramnarine Seepersad",
    ),
    "dutch": Custom(
        "Anneke Bram Femke Joost Lotte Maarten Marijke Pieter Sanne Wouter",
        "Bakker van_den_Berg de_Graaf Hoekstra Jansen van_Leeuwen Mulder van_der_Meer Postma",
    ),
    "estonian": Custom(
        "Aivar Heli Jaan Katrin Kristjan Maarika Piret Raivo Tõnu Ülle",
        "Kask Lepik Mägi Õunapuu Pärn Rebane Saar Tamm Vaher",
    ),
    "british": Custom(
        "Alasdair Catrin Eleanor Fiona Gareth Harriet Imran Nisha Oliver Siân",
        "Ashworth Begum Cartwright Fairclough Hollis MacLeod Pritchard Rahman Whitfield",
    ),
    "french": Custom(
        "Aurélie Benoît Chloé Étienne François-Xavier Hélène Loïc Maëlle Solène Yannick",
        "Bérenger Chevallier Morin Fournier Guérin Le_Goff Marchand Roussel",
    ),
    "american": Custom(
        "Brianna Caleb Darnell Elena Gretchen Hannah Marcus Rosalind Tyler Vivian",
        "Castellano Hargrove Kowalski Lindqvist Okoye-Hart Pruitt Whitaker Yazzie",
    ),
    "japanese": Custom(
        "Ayaka Daichi Haruka Kenji Makoto Misaki Naoko Ryōhei Shōta Yūko",
        "Fujimori Hasegawa Katō Miyazawa Mizushima Ōtsuka Sakuraba Yoshinaga",
    ),
    "australian": Custom(
        "Bronwyn Callum Georgia Jarrah Kirra Lachlan Mei Priyanka Stuart Tahlia",
        "Abercrombie Doyle Fraser Gibbons Marchetti Nguyen-Hale Papadakis Sutherland",
    ),
}
